import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { SlaCalendar, SlaPolicy } from '@/api/generated/types.gen'
import { signIn, signOut } from '@/api/session'
import { aPerson, aSession } from '@/test/person'
import { renderPage } from '@/test/render-page'
import { api, aServer, HttpResponse, http } from '@/test/server'
import BusinessHoursPage from './business-hours-page'
import SlaPoliciesPage from './sla-policies-page'

const server = aServer()
const user = userEvent.setup()
beforeEach(() => signIn(aSession({ person: aPerson({ role: 'ADMINISTRATOR', name: 'Ruth' }) })))
afterEach(signOut)

const days = (['MONDAY', 'TUESDAY', 'WEDNESDAY'] as const).map((day) => ({ day, from: '09:00', to: '17:00' }))
const week: SlaCalendar = {
  id: 'c-1',
  name: 'Week',
  isDefault: true,
  hours: { timeZone: 'Europe/Berlin', intervals: days, holidays: [] },
  teams: [],
  version: 3,
}
const nothing = { notifyAssignee: false, notifyTeam: false, personIds: [] }
const urgent: SlaPolicy = {
  id: 'p-1',
  name: 'Urgent',
  position: 0,
  rules: {
    teamIds: [],
    organisationIds: [],
    priorities: ['CRITICAL'],
    firstReplyMinutes: 30,
    aroundTheClock: true,
    pauses: ['SNOOZED'],
    warningPercent: 75,
    onWarning: nothing,
    onBreach: nothing,
  },
  version: 2,
}
const everybody: SlaPolicy = {
  ...urgent,
  id: 'p-2',
  name: 'Everybody',
  position: 1,
  rules: { ...urgent.rules, priorities: [], resolutionMinutes: 2400, aroundTheClock: false },
}

async function hoursPage(calendars: SlaCalendar[]) {
  server.use(
    http.get(api('/business-hours'), () => HttpResponse.json(calendars)),
    http.get(api('/teams'), () =>
      HttpResponse.json([
        { id: 't-1', name: 'Support', description: '', isDefault: true, members: [], version: 0 },
      ]),
    ),
  )
  await renderPage(<BusinessHoursPage />, { catalogues: ['sla'] })
}

async function policiesPage(policies: SlaPolicy[]) {
  server.use(
    http.get(api('/sla-policies'), () => HttpResponse.json(policies)),
    http.get(api('/people'), () => HttpResponse.json({ items: [] })),
    http.get(api('/organisations'), () => HttpResponse.json({ items: [] })),
    http.get(api('/teams'), () =>
      HttpResponse.json([
        { id: 't-1', name: 'Support', description: '', isDefault: true, members: [], version: 0 },
      ]),
    ),
    http.post(api('/sla-policies/preview'), () =>
      HttpResponse.json({ openedAt: '2026-07-06T07:00:00Z', firstReplyDue: '2026-07-06T11:00:00Z' }),
    ),
  )
  await renderPage(<SlaPoliciesPage />, { catalogues: ['sla', 'tickets'] })
}

test('business hours are written day by day, and a day that is none is not sent', async () => {
  let sent: unknown
  await hoursPage([week])
  server.use(
    http.put(api('/business-hours/c-1'), async ({ request }) => {
      sent = { ifMatch: request.headers.get('If-Match'), ...((await request.json()) as object) }
      return HttpResponse.json(week)
    }),
  )
  expect(await screen.findByText('Mon–Wed 09:00–17:00')).toBeInTheDocument()
  await user.click(screen.getByRole('button', { name: 'Actions for Week' }))
  await user.click(await screen.findByRole('menuitem', { name: 'Edit' }))
  const dialog = await screen.findByRole('dialog', { name: 'Business hours Week' })
  const saturday = within(dialog).getByLabelText('Saturday')
  await user.type(saturday, '10-ten')
  await user.click(within(dialog).getByRole('button', { name: 'Save' }))
  expect(within(dialog).getByText(/that do not overlap/)).toBeInTheDocument()
  expect(sent).toBeUndefined()
  await user.clear(saturday)
  await user.type(saturday, '10-13, 20-24')
  await user.click(within(dialog).getByRole('checkbox', { name: 'Support' }))
  await user.click(within(dialog).getByRole('button', { name: 'Save' }))
  await waitFor(() =>
    expect(sent).toEqual({
      ifMatch: '"3"',
      name: 'Week',
      hours: {
        timeZone: 'Europe/Berlin',
        intervals: [
          ...days,
          { day: 'SATURDAY', from: '10:00', to: '13:00' },
          { day: 'SATURDAY', from: '20:00', to: '24:00' },
        ],
        holidays: [],
      },
      teamIds: ['t-1'],
    }),
  )
})

test('a desk without business hours says what that means', async () => {
  await hoursPage([])
  expect(await screen.findByText(/every hour counts/)).toBeInTheDocument()
})

test('policies say for whom they are and what they promise, and are put in order', async () => {
  let order: unknown
  await policiesPage([urgent, everybody])
  server.use(
    http.put(api('/sla-policies/order'), async ({ request }) => {
      order = await request.json()
      return HttpResponse.json([everybody, urgent])
    }),
  )
  expect(await screen.findAllByText('First reply 0:30 h')).toHaveLength(2)
  expect(screen.getByText('Critical')).toBeInTheDocument()
  expect(screen.getByText('Resolution 40 h')).toBeInTheDocument()
  await user.click(screen.getByRole('button', { name: 'Actions for Everybody' }))
  await user.click(await screen.findByRole('menuitem', { name: 'Move up' }))
  await waitFor(() => expect(order).toEqual({ ids: ['p-2', 'p-1'] }))
})

test('a new policy shows when a ticket would be due, and promises something', async () => {
  let sent: { rules?: { firstReplyMinutes?: number } } | undefined
  await policiesPage([])
  server.use(
    http.post(api('/sla-policies'), async ({ request }) => {
      sent = (await request.json()) as typeof sent
      return HttpResponse.json(urgent, { status: 201 })
    }),
  )
  await user.click((await screen.findAllByRole('button', { name: 'New SLA policy' }))[0] as HTMLElement)
  const dialog = await screen.findByRole('dialog', { name: 'New SLA policy' })
  expect(await within(dialog).findByText(/First reply: due/)).toBeInTheDocument()
  await user.type(within(dialog).getByLabelText('Name'), 'Everybody')
  const firstReply = within(dialog).getByLabelText('First reply')
  await user.clear(firstReply)
  await user.click(within(dialog).getByRole('button', { name: 'Create' }))
  expect(within(dialog).getByText('Promise one of the three at least.')).toBeInTheDocument()
  expect(sent).toBeUndefined()
  await user.type(firstReply, '1:30')
  await user.click(within(dialog).getByRole('button', { name: 'Create' }))
  await waitFor(() => expect(sent?.rules?.firstReplyMinutes).toBe(90))
})
