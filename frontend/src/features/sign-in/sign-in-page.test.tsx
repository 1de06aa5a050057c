import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, test } from 'vitest'
import { getSession, signOut } from '@/api/session'
import { aPerson, aSession } from '@/test/person'
import { renderPage } from '@/test/render-page'
import { api, aServer, HttpResponse, http, problem } from '@/test/server'
import SignInPage from './sign-in-page'

const server = aServer()
const user = userEvent.setup()
afterEach(signOut)

const about = (more?: object) =>
  http.get(api('/about'), () => HttpResponse.json({ release: 'r1', product: 'Tealdesk', ...more }))
const signInAnswers = (answer: () => Response) => http.post(api('/sessions'), answer)
const render = () => renderPage(<SignInPage />, { catalogues: ['sign-in'] })

async function fillAndSubmit() {
  await user.type(screen.getByLabelText('E-mail address'), 'carla@customer.example')
  await user.type(screen.getByLabelText('Password'), 'correct horse')
  await user.click(screen.getByRole('button', { name: 'Sign in' }))
}

test('signs in with address and password', async () => {
  let sent: unknown
  server.use(
    about(),
    http.post(api('/sessions'), async ({ request }) => {
      sent = await request.json()
      return HttpResponse.json(aSession())
    }),
  )
  await render()
  await fillAndSubmit()
  await expect.poll(() => getSession()).toEqual({ status: 'signed-in', person: aPerson() })
  expect(sent).toEqual({ email: 'carla@customer.example', password: 'correct horse' })
})

test('a wrong password is said, and what was typed stays', async () => {
  server.use(
    about(),
    signInAnswers(() => problem(401, 'invalid-credentials')),
  )
  await render()
  await fillAndSubmit()
  expect(await screen.findByRole('alert')).toHaveTextContent('E-mail address and password do not match.')
  expect(screen.getByLabelText('E-mail address')).toHaveValue('carla@customer.example')
  expect(screen.getByLabelText('Password')).toHaveValue('correct horse')
})

test('an unconfirmed address can have its mail sent again', async () => {
  let asked: unknown
  server.use(
    about(),
    signInAnswers(() => problem(403, 'email-not-verified')),
    http.post(api('/email-verification-requests'), async ({ request }) => {
      asked = await request.json()
      return new HttpResponse(null, { status: 202 })
    }),
  )
  await render()
  await fillAndSubmit()
  await user.click(await screen.findByRole('button', { name: 'Send the mail again' }))
  expect(await screen.findByText(/The mail is on its way/)).toBeInTheDocument()
  expect(asked).toEqual({ email: 'carla@customer.example' })
})

test('too many attempts say how long to wait', async () => {
  server.use(
    about(),
    signInAnswers(() => problem(429, 'too-many-attempts', { headers: { 'Retry-After': '240' } })),
  )
  await render()
  await fillAndSubmit()
  expect(await screen.findByRole('alert')).toHaveTextContent('Please wait 4 minutes.')
})

test('the demo signs in its people by a click', async () => {
  const demoLogins = [{ email: 'ada@desk.example', password: 'demo', role: 'AGENT', name: 'Ada Agent' }]
  server.use(
    about({ demoLogins }),
    signInAnswers(() =>
      HttpResponse.json(aSession({ person: aPerson({ name: 'Ada Agent', role: 'AGENT' }) })),
    ),
  )
  await render()
  await user.click(await screen.findByRole('button', { name: /Ada Agent/ }))
  await expect.poll(() => getSession()).toMatchObject({ person: { name: 'Ada Agent' } })
})

test('an installation that is no demo shows no logins', async () => {
  server.use(about())
  await render()
  expect(screen.queryByText('Demo: sign in as')).not.toBeInTheDocument()
})
