import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { renderPage } from '@/test/render-page'
import { api, aServer, HttpResponse, http, problem } from '@/test/server'
import ResetPasswordPage from './reset-password-page'
import VerifyEmailPage from './verify-email-page'

const server = aServer()
const user = userEvent.setup()

const open = (path: string) => window.history.replaceState(null, '', path)

test('the secret of a link leaves the address bar and is used once', async () => {
  open('/verify-email#token=s3cret')
  const used: unknown[] = []
  server.use(
    http.post(api('/email-verifications'), async ({ request }) => {
      used.push(await request.json())
      return new HttpResponse(null, { status: 204 })
    }),
  )
  await renderPage(<VerifyEmailPage />, { catalogues: ['sign-in'] })
  expect(await screen.findByRole('heading', { name: 'Your address is confirmed' })).toBeInTheDocument()
  expect(window.location.href).toBe('http://localhost:3000/verify-email')
  expect(used).toEqual([{ token: 's3cret' }])
})

test('an old link offers a new one', async () => {
  open('/verify-email#token=old')
  server.use(http.post(api('/email-verifications'), () => problem(400, 'link-invalid')))
  await renderPage(<VerifyEmailPage />, { catalogues: ['sign-in'] })
  expect(await screen.findByRole('button', { name: 'Send a new link' })).toBeInTheDocument()
})

test('an outage does not make a good link look bad', async () => {
  open('/verify-email#token=good')
  server.use(http.post(api('/email-verifications'), () => problem(503, 'temporarily-unavailable')))
  await renderPage(<VerifyEmailPage />, { catalogues: ['sign-in'] })
  expect(await screen.findByRole('button', { name: 'Try again' })).toBeInTheDocument()
})

test('a password that is refused can be mended', async () => {
  open('/reset-password#token=good')
  const errors = [{ field: 'password', code: 'TooSimple', message: 'is too easy to guess' }]
  server.use(http.post(api('/password-resets'), () => problem(400, 'validation-failed', { errors })))
  await renderPage(<ResetPasswordPage />, { catalogues: ['sign-in'] })
  const password = screen.getByLabelText('New password')
  await user.type(password, 'aaaaaaaaaaaa')
  await user.click(screen.getByRole('button', { name: 'Save the password' }))
  expect(await screen.findByText('This is too easy to guess.')).toBeInTheDocument()
  expect(password).toHaveValue('aaaaaaaaaaaa')
  expect(password).toHaveAccessibleDescription(/too easy to guess/)
})
