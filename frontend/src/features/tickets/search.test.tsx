import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { HttpResponse, http } from 'msw'
import { useLocation } from 'react-router'
import { beforeEach, describe, expect, test } from 'vitest'
import { signIn } from '@/api/session'
import { renderPage } from '@/test/render-page'
import { api, aServer, problem } from '@/test/server'
import type { SearchHit, SearchSuggestions } from './desk-api'
import { stretchesOf } from './highlighted-text'
import SearchPage from './search-page'
import { lastWordOf, withLastWord, withPerson, withTag } from './search-text'
import { dana } from './test-fake-desk'

const server = aServer()
HTMLElement.prototype.scrollIntoView ??= () => {}

let asked: string[] = []
let address = ''

function Address() {
  const { pathname, search } = useLocation()
  address = pathname + search
  return null
}

const nothing: SearchSuggestions = { tickets: [], people: [], tags: [], operators: [] }
const hit: SearchHit = {
  number: 10_482,
  status: 'OPEN',
  lane: 'TO_DO',
  priority: 'HIGH',
  requester: { id: 'rita', name: 'Rita Quist' },
  team: { id: 'support', name: 'Support' },
  tags: ['hardware'],
  createdAt: '2026-11-20T08:00:00Z',
  updatedAt: '2026-11-20T08:00:00Z',
  subject: {
    text: 'Printer on <b>fire</b>',
    cutBefore: false,
    cutAfter: false,
    matches: [{ start: 0, end: 7 }],
  },
  message: {
    id: 7,
    author: { id: 'dana', name: 'Dana Whitfield' },
    internal: true,
    createdAt: '2026-11-20T08:00:00Z',
    body: { text: 'the printer again', cutBefore: true, cutAfter: false, matches: [{ start: 4, end: 11 }] },
  },
}

beforeEach(() => {
  asked = []
  signIn({ accessToken: 'token', expiresInSeconds: 600, person: dana })
  server.use(http.get(api('/search/suggestions'), () => HttpResponse.json(nothing)))
})

function answerSuggestions(answer: Partial<SearchSuggestions>) {
  server.use(
    http.get(api('/search/suggestions'), ({ request }) => {
      asked.push(new URL(request.url).searchParams.get('q') ?? '')
      return HttpResponse.json({ ...nothing, ...answer })
    }),
  )
}

async function renderSearch(at = '/search') {
  await renderPage(
    <>
      <SearchPage />
      <Address />
    </>,
    { at, catalogues: ['tickets', 'commands'] },
  )
  return userEvent.setup()
}

const box = () => screen.getByRole('combobox', { name: 'Search tickets', hidden: true })

describe('results', () => {
  test('what matched is marked, and nothing is taken for HTML', async () => {
    server.use(http.get(api('/search'), () => HttpResponse.json({ items: [hit] })))
    await renderSearch('/search?q=printer')
    const found = await screen.findByRole('link', { name: /Printer on <b>fire<\/b>/ })
    expect(found).toHaveAttribute('href', '/tickets/10482')
    expect([...found.querySelectorAll('mark')].map((mark) => mark.textContent)).toEqual([
      'Printer',
      'printer',
    ])
    expect(found).toHaveTextContent('Internal note, Dana Whitfield: … the printer again')
    expect(found.querySelector('b')).toBeNull()
  })

  test('more results follow behind the first', async () => {
    server.use(
      http.get(api('/search'), ({ request }) =>
        new URL(request.url).searchParams.get('cursor') === 'next'
          ? HttpResponse.json({ items: [{ ...hit, number: 2, subject: { ...hit.subject, text: 'Second' } }] })
          : HttpResponse.json({ items: [hit], nextCursor: 'next' }),
      ),
    )
    const user = await renderSearch('/search?q=printer')
    await user.click(await screen.findByRole('button', { name: 'Show more results' }))
    expect(await screen.findByRole('link', { name: /Second/ })).toBeVisible()
    expect(screen.getAllByRole('link')).toHaveLength(2)
    expect(screen.queryByRole('button', { name: 'Show more results' })).not.toBeInTheDocument()
  })

  test('what cannot be searched for is told with the way out', async () => {
    const errors = [{ field: 'q', code: 'UnknownDay', message: 'whatever the server says' }]
    server.use(http.get(api('/search'), () => problem(400, 'validation-failed', { errors })))
    await renderSearch('/search?q=before:someday')
    expect(await screen.findByText(/before: and after: need a day, such as 2026-01-31/)).toBeVisible()
    expect(screen.queryByRole('button', { name: 'Try again' })).not.toBeInTheDocument()
  })

  test('nothing found says what to do', async () => {
    server.use(http.get(api('/search'), () => HttpResponse.json({ items: [] })))
    await renderSearch('/search?q=zebra')
    expect(await screen.findByText(/Nothing found. Fewer words/)).toBeVisible()
  })

  test('a search that fails can be tried again', async () => {
    server.use(http.get(api('/search'), () => problem(503, 'unavailable'), { once: true }))
    const user = await renderSearch('/search?q=printer')
    const again = await screen.findByRole('button', { name: 'Try again' })
    server.use(http.get(api('/search'), () => HttpResponse.json({ items: [hit] })))
    await user.click(again)
    expect(await screen.findByRole('link', { name: /Printer/ })).toBeVisible()
  })
})

describe('suggestions', () => {
  test('come once the typing pauses, not for every letter', async () => {
    answerSuggestions({ tickets: [{ number: 10_482, subject: 'Printer on fire', status: 'OPEN' }] })
    const user = await renderSearch()
    await user.type(box(), 'printer')
    expect(await screen.findByRole('option', { name: /Printer on fire/ })).toBeVisible()
    expect(asked.at(-1)).toBe('printer')
    expect(asked.length).toBeLessThan('printer'.length)
  })

  test('Enter searches; an arrow and Enter open the ticket', async () => {
    answerSuggestions({ tickets: [{ number: 10_482, subject: 'Printer on fire', status: 'OPEN' }] })
    server.use(http.get(api('/search'), () => HttpResponse.json({ items: [] })))
    const user = await renderSearch()
    await user.type(box(), 'printer{Enter}')
    expect(address).toBe('/search?q=printer')
    await user.type(box(), ' fire')
    await screen.findByRole('option', { name: /Printer on fire/ })
    await user.keyboard('{ArrowDown}{Enter}')
    await waitFor(() => expect(address).toBe('/tickets/10482'))
  })

  test('a person and an operator take the place of the word that was being typed', async () => {
    answerSuggestions({
      people: [{ id: 'rita', name: 'Rita Quist', email: 'rita@example.com' }],
      operators: ['from:'],
    })
    server.use(http.get(api('/search'), () => HttpResponse.json({ items: [] })))
    const user = await renderSearch()
    await user.type(box(), 'printer fr')
    await user.click(await screen.findByRole('option', { name: /from:/ }))
    expect(box()).toHaveValue('printer from:')
    await user.type(box(), 'rit')
    await user.click(await screen.findByRole('option', { name: /Rita Quist/ }))
    await waitFor(() =>
      expect(new URLSearchParams(address.split('?')[1]).get('q')).toBe('printer from:rita@example.com'),
    )
  })

  test('the field points at the option that Enter takes', async () => {
    answerSuggestions({ tags: ['refund'] })
    const user = await renderSearch()
    await user.type(box(), 'ref')
    await screen.findByRole('option', { name: /refund/ })
    await user.keyboard('{ArrowDown}')
    const list = screen.getByRole('listbox', { name: 'Suggestions' })
    const active = within(list).getByRole('option', { selected: true })
    expect(active).toHaveTextContent('refund')
    expect(box()).toHaveAttribute('aria-activedescendant', active.id)
  })
})

describe('text', () => {
  test('the last word ends at a blank outside quotation marks', () => {
    expect(lastWordOf('a bc')).toEqual({ before: 'a ', word: 'bc' })
    expect(lastWordOf('a from:"Rita Q')).toEqual({ before: 'a ', word: 'from:"Rita Q' })
    expect(lastWordOf('a ')).toEqual({ before: 'a ', word: '' })
  })

  test('replacements keep a minus and quote what has blanks', () => {
    expect(withLastWord('a -fr', 'from:')).toBe('a -from:')
    expect(withTag('x re', 'refund later')).toBe('x tag:"refund later"')
    expect(withPerson('to:ri', 'rita@example.com')).toBe('to:rita@example.com')
  })

  test('places that overlap or lie outside do no harm', () => {
    const matches = [
      { start: 5, end: 99 },
      { start: 0, end: 3 },
      { start: 2, end: 4 },
    ]
    const text = 'abcdefg'
    const stretches = stretchesOf({ text, matches })
    expect(stretches.map(({ from, to }) => text.slice(from, to)).join('')).toBe(text)
    expect(stretches.filter(({ isMatch }) => isMatch).map(({ from, to }) => text.slice(from, to))).toEqual([
      'abc',
      'd',
      'fg',
    ])
  })
})
