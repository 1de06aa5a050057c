import { HttpResponse, http } from 'msw'
import { setupServer } from 'msw/node'
import type {
  Attachment,
  BulkEditRequest,
  Draft,
  DraftKind,
  MeResponse,
  NameView,
  RestoredChange,
  ScheduledReply,
  TicketPresence,
} from '@/api/generated/types.gen'
import { LiveStreams } from '@/test/live-streams'
import type { SavedView } from './desk-api'
import type { Message, Ticket, TicketEvent, TicketRow } from './ticket-model'
import type { Lane, Priority, Status } from './ticket-words'
import { laneOf } from './ticket-words'

export const dana: MeResponse = {
  id: 'dana',
  name: 'Dana Whitfield',
  email: 'dana@example.com',
  role: 'AGENT',
  locale: 'en',
  teams: [{ id: 'support', name: 'Support' }],
  version: 1,
}
export const eli: NameView = { id: 'eli', name: 'Eli Brandt' }
const rita = { id: 'rita', name: 'Rita Quist', email: 'rita@example.com' }
const support: NameView = { id: 'support', name: 'Support' }

interface Stored {
  ticket: Omit<Ticket, 'lane' | 'allowedStatuses'>
  messages: Message[]
  events: TicketEvent[]
}

/** What the tests' server holds, and what it does wrong on purpose. */
export class FakeDesk {
  readonly stored = new Map<number, Stored>()
  savedViews: SavedView[] = []
  viewOrder: string[] = []
  /** Answers 503 to the next so many orders of views. */
  ordersToFail = 0
  /** Every list request's query, oldest first. */
  readonly listQueries: URLSearchParams[] = []
  readonly replyKeys: (string | null)[] = []
  /** Answers 503 to the next so many writes. */
  writesToFail = 0
  /** A cursor that the server does not understand. */
  refuseCursor: string | undefined
  /** Holds every write back until it is resolved. */
  held: Promise<void> | undefined
  /** What the page hears while it is open; silent until a test says hello. */
  live = new LiveStreams()
  present: TicketPresence[] = []
  /** What the page said about itself, oldest first. */
  readonly whereabouts: string[] = []
  /** Holds the answer to a message back that is stored already. */
  heldAnswer: Promise<void> | undefined
  /** What the agent has begun, on whichever device. */
  drafts: Draft[] = []
  scheduled: ScheduledReply[] = []
  /** A page of this test is there: the one before saves what it holds while it goes. */
  #isDraftsAsked = false
  readonly bulkAsked: BulkEditRequest[] = []
  bulkRefused: number[] = []
  #beforeBulk = new Map<number, Stored['ticket']>()
  #lastId = 100

  reset(subjects: readonly string[]) {
    this.stored.clear()
    this.savedViews = []
    this.viewOrder = []
    this.ordersToFail = 0
    this.listQueries.length = 0
    this.replyKeys.length = 0
    this.writesToFail = 0
    this.held = undefined
    this.heldAnswer = undefined
    this.refuseCursor = undefined
    this.live = new LiveStreams()
    this.present = []
    this.drafts = []
    this.scheduled = []
    this.#isDraftsAsked = false
    this.whereabouts.length = 0
    this.bulkAsked.length = 0
    this.bulkRefused = []
    subjects.forEach((subject, index) => {
      this.arrives(10_001 + index, subject, new Date(Date.UTC(2026, 10, 20, 8, 59 - index)))
    })
  }

  arrives(number: number, subject: string, at = new Date()) {
    const createdAt = at.toISOString()
    const ticket = {
      number,
      subject,
      status: 'OPEN' as Status,
      priority: 'MEDIUM' as Priority,
      requester: rita,
      team: support,
      tags: [],
      createdAt,
      updatedAt: createdAt,
      version: 1,
    }
    this.stored.set(number, { ticket, messages: [], events: [] })
    this.customerWrites(number, `Question about: ${subject}`)
  }

  of(number: number): Stored {
    const stored = this.stored.get(number)
    if (!stored) {
      throw new Error(`There is no ticket ${number}`)
    }
    return stored
  }

  customerWrites(number: number, text: string): Message {
    return this.#write(number, { ...rita, role: 'CUSTOMER' }, 'PUBLIC_REPLY', text)
  }

  /** A colleague is quicker. */
  colleagueSetsPriority(number: number, priority: Priority) {
    const stored = this.of(number)
    stored.events.push({
      id: ++this.#lastId,
      kind: 'PRIORITY',
      actor: eli,
      from: { value: stored.ticket.priority, label: stored.ticket.priority },
      to: { value: priority, label: priority },
      occurredAt: new Date().toISOString(),
    })
    this.#change(number, { priority })
  }

  colleagueReplies(number: number, text: string): Message {
    return this.#write(number, { ...eli, role: 'AGENT' }, 'PUBLIC_REPLY', text)
  }

  colleagueNotes(number: number, text: string): Message {
    return this.#write(number, { ...eli, role: 'AGENT' }, 'INTERNAL_NOTE', text)
  }

  /** On another device of the same agent. */
  draftedElsewhere(number: number, kind: DraftKind, text: string, attachments: Attachment[] = []): Draft {
    const draft: Draft = {
      ticketNumber: number,
      subject: this.of(number).ticket.subject,
      kind,
      text,
      attachments,
      version: ++this.#lastId,
      updatedAt: new Date().toISOString(),
    }
    this.drafts = [...this.drafts.filter((each) => !isAt(each, number, kind)), draft]
    return draft
  }

  /** A reply of somebody that has not gone out; what a colleague's says is not told. */
  schedules(number: number, reply: Partial<ScheduledReply> = {}): ScheduledReply {
    const scheduled: ScheduledReply = {
      id: `reply-${++this.#lastId}`,
      ticketNumber: number,
      subject: this.of(number).ticket.subject,
      author: dana,
      timing: 'HELD',
      state: 'WAITING',
      sendAt: new Date(Date.now() + 8_000).toISOString(),
      ...reply,
    }
    this.scheduled.push(scheduled)
    return scheduled
  }

  /** Its time has come. */
  sendsScheduled(id: string) {
    const reply = this.scheduled.find((each) => each.id === id)
    if (reply) {
      reply.state = 'SENT'
      this.#write(reply.ticketNumber, { ...dana, role: 'AGENT' }, 'PUBLIC_REPLY', reply.content?.text ?? '')
    }
  }

  draft(number: number, kind: DraftKind): Draft | undefined {
    return this.drafts.find((each) => isAt(each, number, kind))
  }

  tellsOf(number: number, change: string, message?: Message) {
    const event = ++this.#lastId
    this.live.event('ticket', { event, ticket: number, change, message: message?.id }, String(event))
  }

  readonly handlers = [
    http.get('*/api/v1/live', ({ request }) => this.live.answer(request.headers.get('Last-Event-ID') ?? '')),
    http.get('*/api/v1/presence', () => HttpResponse.json({ tickets: this.present })),
    http.put('*/api/v1/tickets/:number/presence/:tab', async ({ params, request }) => {
      const { activity } = (await request.json()) as { activity: string }
      this.whereabouts.push(`${params.number} ${activity}`)
      return new HttpResponse(null, { status: 204 })
    }),
    http.delete('*/api/v1/tickets/:number/presence/:tab', ({ params }) => {
      this.whereabouts.push(`${params.number} left`)
      return new HttpResponse(null, { status: 204 })
    }),
    http.get('*/api/v1/drafts', () => {
      this.#isDraftsAsked = true
      return HttpResponse.json({ drafts: this.drafts, isComplete: true })
    }),
    http.get('*/api/v1/tickets/:number/drafts', ({ params }) =>
      HttpResponse.json({
        drafts: this.drafts.filter(({ ticketNumber }) => ticketNumber === Number(params.number)),
        isComplete: true,
      }),
    ),
    http.put('*/api/v1/tickets/:number/drafts/:kind', async ({ params, request }) => {
      if (!this.#isDraftsAsked) {
        return problem(503, 'unavailable')
      }
      const { number, kind } = { number: Number(params.number), kind: params.kind as DraftKind }
      const kept = this.draft(number, kind)
      if (request.headers.get('If-Match') !== `"${kept?.version ?? 0}"`) {
        return problem(412, 'newer-draft', { draft: kept })
      }
      const { text } = (await request.json()) as { text: string }
      const { version, updatedAt } = this.draftedElsewhere(number, kind, text)
      return HttpResponse.json({ version, updatedAt })
    }),
    http.delete('*/api/v1/tickets/:number/drafts/:kind', ({ params }) => {
      this.drafts = this.drafts.filter((each) => !isAt(each, Number(params.number), params.kind as DraftKind))
      return new HttpResponse(null, { status: 204 })
    }),
    http.get('*/api/v1/tickets/:number/signature', () => HttpResponse.json({ text: '', html: '' })),
    http.get('*/api/v1/scheduled-replies', () =>
      HttpResponse.json(this.scheduled.filter((each) => isThere(each) && each.author.id === dana.id)),
    ),
    http.get('*/api/v1/tickets/:number/scheduled-replies', ({ params }) =>
      HttpResponse.json(
        this.scheduled.filter((each) => isThere(each) && each.ticketNumber === Number(params.number)),
      ),
    ),
    http.post('*/api/v1/tickets/:number/scheduled-replies', async ({ params, request }) => {
      const refused = await this.#refusal()
      if (refused) {
        return refused
      }
      const asked = (await request.json()) as {
        body: string
        thenStatus?: Status
        sendAt?: string
        sendAnyway?: boolean
        remindAt?: string
        lastSeenMessageId: number
      }
      const { body, sendAt, lastSeenMessageId, thenStatus, remindAt, sendAnyway = false } = asked
      const reply = this.schedules(Number(params.number), {
        timing: sendAt ? 'SCHEDULED' : 'HELD',
        ...(sendAt ? { sendAt } : {}),
        content: {
          text: body,
          attachments: [],
          thenStatus,
          remindAt,
          lastSeenMessageId,
          sendAnyway,
          withSignature: false,
        },
      })
      return HttpResponse.json(reply, { status: 201 })
    }),
    http.put('*/api/v1/scheduled-replies/:id/withdrawal', ({ params }) => {
      const reply = this.scheduled.find(({ id }) => id === params.id)
      if (!reply || reply.state === 'SENT') {
        return problem(409, 'already-sent')
      }
      reply.state = 'WITHDRAWN'
      return HttpResponse.json(reply)
    }),
    http.delete('*/api/v1/scheduled-replies/:id/withdrawal', ({ params }) => {
      const reply = this.scheduled.find(({ id }) => id === params.id)
      if (reply) reply.state = 'WAITING'
      return HttpResponse.json(reply)
    }),
    http.put('*/api/v1/scheduled-replies/:id/time', ({ params }) => {
      const reply = this.scheduled.find(({ id }) => id === params.id)
      if (reply) this.sendsScheduled(reply.id)
      return HttpResponse.json(reply)
    }),
    http.get('*/api/v1/views', () =>
      HttpResponse.json(
        ['MINE', 'UNASSIGNED', 'ALL'].map((key) => ({ key, count: { value: 0, capped: false } })),
      ),
    ),
    http.get('*/api/v1/saved-views', () =>
      HttpResponse.json({ views: this.savedViews, order: this.viewOrder }),
    ),
    http.post('*/api/v1/saved-views', async ({ request }) => {
      const body = (await request.json()) as Omit<SavedView, 'id' | 'version'>
      const view: SavedView = { ...body, id: `view-${++this.#lastId}`, mayChange: true, version: 1 }
      this.savedViews.push(view)
      return HttpResponse.json(view, { status: 201 })
    }),
    http.put('*/api/v1/saved-views/order', async ({ request }) => {
      if (this.ordersToFail > 0) {
        this.ordersToFail--
        return problem(503, 'unavailable')
      }
      const { keys } = (await request.json()) as { keys: string[] }
      this.viewOrder = keys
      return new HttpResponse(null, { status: 204 })
    }),
    http.get('*/api/v1/bulk-edits', () => HttpResponse.json([])),
    http.get('*/api/v1/bulk-edits/matching-tickets', () =>
      HttpResponse.json({ count: 2_314, isTooMany: false }),
    ),
    http.post('*/api/v1/bulk-edits', async ({ request }) => {
      const refused = await this.#refusal()
      return refused ?? HttpResponse.json(this.#bulkEdit(await request.json()), { status: 201 })
    }),
    http.put('*/api/v1/bulk-edits/:id/undo', ({ params }) =>
      HttpResponse.json(this.#bulkUndo(String(params.id))),
    ),
    http.get('*/api/v1/tickets/count', () => HttpResponse.json({ value: this.stored.size, capped: false })),
    http.get('*/api/v1/teams', () => HttpResponse.json([])),
    http.get('*/api/v1/tags', () => HttpResponse.json([])),
    http.get('*/api/v1/people', () => HttpResponse.json({ items: [] })),
    http.get('*/api/v1/tickets', ({ request }) => {
      const query = new URL(request.url).searchParams
      this.listQueries.push(query)
      return this.refuseCursor !== undefined && query.get('cursor') === this.refuseCursor
        ? problem(400, 'validation-failed')
        : HttpResponse.json(this.#page(query))
    }),
    http.get('*/api/v1/tickets/:number', ({ params }) => this.#answer(Number(params.number))),
    http.get('*/api/v1/tickets/:number/messages', ({ params, request }) => {
      const after = Number(new URL(request.url).searchParams.get('after') ?? 0)
      return HttpResponse.json(this.of(Number(params.number)).messages.filter(({ id }) => id > after))
    }),
    http.get('*/api/v1/tickets/:number/sla', () => HttpResponse.json([])),
    http.get('*/api/v1/tickets/:number/events', ({ params }) =>
      HttpResponse.json(this.of(Number(params.number)).events),
    ),
    http.get('*/api/v1/tickets/:number/links', () => HttpResponse.json([])),
    http.put('*/api/v1/tickets/:number/restoration', async ({ params, request }) => {
      const number = Number(params.number)
      const { changes } = (await request.json()) as { changes: RestoredChange[] }
      const { ticket } = this.of(number)
      const kept = changes.filter(({ property, to }) => property === 'PRIORITY' && ticket.priority !== to)
      for (const { property, from } of changes.filter((change) => !kept.includes(change))) {
        this.#change(number, restored(property, from))
      }
      return HttpResponse.json({ ticket: this.#wire(number), kept: kept.map(({ property }) => property) })
    }),
    http.put('*/api/v1/tickets/:number/:property', async ({ params, request }) => {
      const refused = await this.#refusal()
      const number = Number(params.number)
      if (refused) {
        return refused
      }
      if (request.headers.get('If-Match') !== `"${this.of(number).ticket.version}"`) {
        return problem(412, 'stale-version')
      }
      const body = (await request.json()) as Record<string, never>
      this.#change(
        number,
        params.property === 'assignment'
          ? { assignee: dana }
          : params.property === 'snooze'
            ? { snooze: body }
            : body,
      )
      return this.#answer(number)
    }),
    http.delete('*/api/v1/tickets/:number/snooze', ({ params }) => {
      const number = Number(params.number)
      this.#change(number, { snooze: undefined })
      return this.#answer(number)
    }),
    http.post('*/api/v1/tickets/:number/:kind', async ({ params, request }) => {
      const number = Number(params.number)
      this.replyKeys.push(request.headers.get('Idempotency-Key'))
      const refused = await this.#refusal()
      if (refused) {
        return refused
      }
      const body = (await request.json()) as { body: string; lastSeenMessageId?: number; thenStatus?: Status }
      const isReply = params.kind === 'replies'
      const newerMessages = this.of(number).messages.filter(({ id }) => id > (body.lastSeenMessageId ?? 0))
      if (isReply && newerMessages.length > 0) {
        return problem(409, 'newer-messages', { newerMessages })
      }
      const kind = isReply ? 'PUBLIC_REPLY' : 'INTERNAL_NOTE'
      const message = this.#write(number, { ...dana, role: 'AGENT' }, kind, body.body)
      const draft = Number(new URL(request.url).searchParams.get('draft'))
      this.drafts = this.drafts.filter(({ version }) => version !== draft)
      if (body.thenStatus) {
        this.#change(number, { status: body.thenStatus })
      }
      await this.heldAnswer
      return HttpResponse.json(message, { status: 201 })
    }),
  ]

  /** Keyset paging as the server does it, by number. */
  #page(query: URLSearchParams) {
    const rows = [...this.stored.values()].map(rowOf).sort((one, other) => one.number - other.number)
    const limit = Number(query.get('limit') ?? rows.length)
    const after = Number(query.get('cursor') ?? 0)
    const before = Number(query.get('before') ?? Number.POSITIVE_INFINITY)
    const between = rows.filter(({ number }) => number > after && number < before)
    const items = query.has('before') ? between.slice(-limit) : between.slice(0, limit)
    const first = items[0]?.number ?? 0
    const last = items.at(-1)?.number ?? Number.POSITIVE_INFINITY
    return {
      items,
      nextCursor: rows.some(({ number }) => number > last) ? String(last) : undefined,
      previousCursor: rows.some(({ number }) => number < first) ? String(first) : undefined,
    }
  }

  async #refusal() {
    await this.held
    if (this.writesToFail > 0) {
      this.writesToFail--
      return problem(503, 'unavailable')
    }
    return undefined
  }

  #write(number: number, author: Message['author'], kind: Message['kind'], text: string): Message {
    const stored = this.of(number)
    const message: Message = {
      id: ++this.#lastId,
      kind,
      author: { id: author.id, name: author.name, role: author.role },
      bodyMarkdown: text,
      bodyHtml: `<p>${text}</p>`,
      createdAt: new Date().toISOString(),
      attachments: [],
    }
    stored.messages.push(message)
    // What merely follows from a message raises no version.
    stored.ticket = { ...stored.ticket, updatedAt: message.createdAt }
    return message
  }

  #change(number: number, change: Partial<Stored['ticket']>) {
    const stored = this.of(number)
    const version = stored.ticket.version + 1
    const isDone = change.status !== undefined && laneOf(change.status) === 'DONE'
    const ended = isDone ? { snooze: undefined } : {}
    stored.ticket = { ...stored.ticket, ...change, ...ended, version, updatedAt: new Date().toISOString() }
  }

  #answer(number: number) {
    const stored = this.stored.get(number)
    if (!stored) {
      return problem(404, 'not-found')
    }
    return HttpResponse.json(this.#wire(number))
  }

  #wire(number: number): Ticket {
    const { ticket } = this.of(number)
    const allowedStatuses: Status[] = ['IN_PROGRESS', 'WAITING_ON_CUSTOMER', 'RESOLVED']
    return { ...ticket, lane: laneOf(ticket.status, ticket.snooze !== undefined), allowedStatuses }
  }

  /** All that a bulk edit says is done at once; what it may not be done to is `bulkRefused`. */
  #bulkEdit(asked: unknown) {
    this.bulkAsked.push(asked as BulkEditRequest)
    const { numbers, action } = asked as BulkEditRequest
    const { status, priority, assignee } = action.changes ?? {}
    const chosen = numbers ?? [...this.stored.keys()]
    const changed = chosen.filter((number) => !this.bulkRefused.includes(number))
    this.#beforeBulk = new Map(changed.map((number) => [number, this.of(number).ticket]))
    for (const number of changed) {
      this.#change(number, {
        ...(status && { status }),
        ...(priority && { priority }),
        ...(assignee && { assignee: assignee.personId === dana.id ? dana : undefined }),
      })
    }
    return this.#begun(changed, chosen.length, {})
  }

  #bulkUndo(undoes: string) {
    for (const [number, { status, priority, assignee }] of this.#beforeBulk) {
      this.#change(number, { status, priority, assignee })
    }
    return this.#begun([...this.#beforeBulk.keys()], this.#beforeBulk.size, { undoes })
  }

  #begun(changed: number[], total: number, more: { undoes?: string }) {
    const askedAt = new Date().toISOString()
    const edit = {
      ...more,
      id: `bulk-${++this.#lastId}`,
      action: {},
      total,
      done: total,
      changed: changed.length,
      unchanged: 0,
      kept: 0,
      refused: total - changed.length,
      stopped: 0,
      askedAt,
      finishedAt: askedAt,
    }
    return { edit, tickets: changed.map((number) => this.#wire(number)) }
  }
}

function restored(property: RestoredChange['property'], from: string | undefined): Partial<Stored['ticket']> {
  switch (property) {
    case 'STATUS':
      return { status: from as Status }
    case 'PRIORITY':
      return { priority: from as Priority }
    case 'TEAM':
      return { team: support }
    case 'ASSIGNEE':
      return { assignee: from === dana.id ? dana : undefined }
    case 'TAGS':
      return { tags: from?.split(',') ?? [] }
    case 'DUE_DATE':
      return { dueAt: from }
    case 'SUBJECT':
      return { subject: from ?? '' }
    case 'SNOOZE':
      return { snooze: from === undefined ? undefined : from === 'ANSWER' ? {} : { until: from } }
  }
}

const isThere = ({ state }: ScheduledReply) => state === 'WAITING' || state === 'RETURNED'

function isAt(draft: Draft, number: number, kind: DraftKind) {
  return draft.ticketNumber === number && draft.kind === kind
}

function rowOf({ ticket, messages }: Stored): TicketRow {
  const lane: Lane = laneOf(ticket.status, ticket.snooze !== undefined)
  return {
    ...ticket,
    lane,
    requester: { id: ticket.requester.id, name: ticket.requester.name },
    lastMessageAt: messages.at(-1)?.createdAt ?? ticket.createdAt,
    lastMessageBy: messages.at(-1)?.author.role === 'CUSTOMER' ? 'REQUESTER' : 'STAFF',
  }
}

function problem(status: number, slug: string, more: Record<string, unknown> = {}) {
  return HttpResponse.json(
    { type: `/problems/${slug}`, title: slug, status, ...more },
    { status, headers: { 'Content-Type': 'application/problem+json' } },
  )
}

export const fakeDesk = new FakeDesk()
export const server = setupServer(...fakeDesk.handlers)
