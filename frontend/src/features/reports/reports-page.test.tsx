import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useLocation } from 'react-router'
import { beforeEach, describe, expect, test } from 'vitest'
import { signIn } from '@/api/session'
import { aPerson, aSession } from '@/test/person'
import { renderPage } from '@/test/render-page'
import { api, aServer, HttpResponse, http, problem } from '@/test/server'
import type { ReportSeries, ReportTable } from './report-model'
import ReportsPage from './reports-page'

const server = aServer()
const user = userEvent.setup()
let asked: URLSearchParams[] = []
let address = ''

function Address() {
  const { pathname, search } = useLocation()
  address = pathname + search
  return null
}

const filter = (moment: string) => ({
  all: [{ property: 'created', operator: 'AFTER', values: [moment] }],
})

const volume: ReportSeries = {
  from: '2026-11-21',
  to: '2026-11-23',
  by: 'DAY',
  zone: 'UTC',
  previousFrom: '2026-11-18',
  previousTo: '2026-11-20',
  series: [
    {
      column: 'OPENED',
      total: 30,
      previousTotal: 20,
      filter: filter('{start}'),
      points: [
        {
          start: '2026-11-21T00:00:00Z',
          end: '2026-11-22T00:00:00Z',
          value: 12,
          previous: 8,
        },
        {
          start: '2026-11-22T00:00:00Z',
          end: '2026-11-23T00:00:00Z',
          value: 11,
          previous: 9,
        },
        {
          start: '2026-11-23T00:00:00Z',
          end: '2026-11-24T00:00:00Z',
          value: 7,
          previous: 3,
        },
      ],
    },
  ],
}

const load: ReportTable = {
  from: '2026-11-21',
  to: '2026-11-23',
  zone: 'UTC',
  rows: [
    {
      subject: 'TEAM',
      id: 't',
      name: 'Support',
      cells: [{ column: 'OPENED', value: 1_234, filter: filter('2026-11-21T00:00:00Z') }],
    },
    { subject: 'AGENT', id: 'a', name: 'Dana', cells: [{ column: 'OPENED', value: 5 }] },
  ],
}

beforeEach(() => {
  asked = []
  signIn(aSession({ person: aPerson({ role: 'AGENT' }) }))
  server.use(
    http.get(api('/teams'), () => HttpResponse.json([{ id: 't', name: 'Support' }])),
    http.get(api('/people'), () => HttpResponse.json({ items: [] })),
    http.get(api('/reports/volume'), ({ request }) => {
      asked.push(new URL(request.url).searchParams)
      return HttpResponse.json(volume)
    }),
    http.get(api('/reports/load'), () => HttpResponse.json(load)),
  )
})

const render = (at = '/reports') =>
  renderPage(
    <>
      <ReportsPage />
      <Address />
    </>,
    { at, catalogues: ['reports'] },
  )
const bars = async () =>
  within(await screen.findByRole('group', { name: /Opened: a bar for each/ })).getAllByRole('link')

describe('chart', () => {
  test('has one stop for Tab, says each number, and arrows move', async () => {
    await render('/reports?compare=true')
    const all = await bars()
    expect(all.map((bar) => bar.tabIndex)).toEqual([-1, -1, 0])
    expect(all[2]).toHaveAccessibleName(/7, before: 3/)
    all[2]?.focus()
    await user.keyboard('{ArrowLeft}')
    expect(all[1]).toHaveFocus()
    await user.keyboard('{Home}{ArrowLeft}')
    expect(all[0]).toHaveFocus()
    expect((await bars()).map((bar) => bar.tabIndex)).toEqual([0, -1, -1])
  })

  test('a bar leads to the tickets behind it', async () => {
    await render()
    await user.click((await bars())[0] as HTMLElement)
    expect(JSON.parse(new URLSearchParams(address.split('?')[1]).get('filter') ?? '')).toEqual(
      filter('2026-11-21T00:00:00Z'),
    )
    expect(address).toMatch(/^\/tickets\?/)
  })

  test('is a table for those who rather read', async () => {
    await render('/reports?compare=true')
    await user.click(await screen.findByRole('button', { name: 'As a table' }))
    const table = screen.getByRole('table', { name: 'Opened' })
    expect(within(table).getAllByRole('row')).toHaveLength(4)
    expect(within(table).getByRole('link', { name: '12' })).toBeVisible()
    expect(within(table).getByRole('columnheader', { name: 'Before' })).toBeVisible()
  })

  test('the total stands beside the one before', async () => {
    await render('/reports?compare=true')
    const card = await screen.findByRole('region', { name: 'Opened' })
    expect(card).toHaveTextContent('30')
    expect(card).toHaveTextContent('+50% · 20 before')
    expect(screen.getByText(/The dashed line is Nov 18/)).toBeVisible()
  })
})

describe('choices', () => {
  test('go into the address and to the server', async () => {
    await render()
    await bars()
    await user.selectOptions(screen.getByRole('combobox', { name: 'Period' }), 'Last 7 days')
    await user.click(screen.getByRole('checkbox', { name: /Compare/ }))
    expect(address).toBe('/reports?period=7d&compare=true')
    await waitFor(() => expect(asked.at(-1)?.get('compare')).toBe('true'))
    expect(asked.at(-1)?.get('by')).toBe('day')
    expect(asked.at(-1)?.get('zone')).toBeTruthy()
  })

  test('load is a table by team and by agent', async () => {
    await render('/reports?report=load')
    const team = await screen.findByRole('table', { name: 'Team' })
    expect(within(team).getByRole('link', { name: '1,234' })).toBeVisible()
    const agent = screen.getByRole('table', { name: 'Agent' })
    expect(within(agent).queryByRole('link')).not.toBeInTheDocument()
    expect(screen.queryByRole('combobox', { name: 'By' })).not.toBeInTheDocument()
  })

  test('a first count that is under way is said, and can be tried again', async () => {
    server.use(http.get(api('/reports/volume'), () => problem(503, 'reports-being-counted')))
    await render()
    expect(await screen.findByText(/Reports are being counted for the first time/)).toBeVisible()
    expect(screen.getByRole('button', { name: 'Try again' })).toBeVisible()
  })
})
