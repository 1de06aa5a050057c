import type { PagePlace } from './list-place'
import type { Ticket, TicketRow } from './ticket-model'

export interface RowPage {
  items: TicketRow[]
  nextCursor?: string
  previousCursor?: string
}

export interface RowPages {
  pages: RowPage[]
  pageParams: unknown[]
}

/** Whether nothing comes before this page. One fetched without a place is the beginning, whatever it says itself. */
export function isBeginning(page: RowPage | undefined, place: PagePlace | undefined): boolean {
  return place === undefined || page?.previousCursor === undefined
}

/** All loaded rows, each ticket once: one that moved between two pages arrives twice. */
export function rowsOf(pages: readonly RowPage[]): TicketRow[] {
  const seen = new Set<number>()
  return pages.flatMap((page) => page.items).filter((row) => !seen.has(row.number) && seen.add(row.number))
}

/** Puts newer versions of rows in the places of the older ones. Nothing moves, nothing appears, nothing goes. */
export function withNewerRows<P extends RowPages>(pages: P, rows: readonly TicketRow[]): P {
  const newer = new Map(rows.map((row) => [row.number, row]))
  let changed = false
  const next = pages.pages.map((page) => ({
    ...page,
    items: page.items.map((row) => {
      const candidate = newer.get(row.number)
      if (!candidate || !isNews(candidate, row)) {
        return row
      }
      changed = true
      return candidate
    }),
  }))
  return changed ? { ...pages, pages: next } : pages
}

/** A ticket by itself does not say who wrote last, nor when it is due, so a row of the same version can still know more. */
function isNews(candidate: TicketRow, row: TicketRow): boolean {
  return (
    candidate.version > row.version ||
    (candidate.version === row.version &&
      (candidate.lastMessageAt !== row.lastMessageAt || !isSameSla(candidate.sla, row.sla)))
  )
}

const isSameSla = (one: TicketRow['sla'], other: TicketRow['sla']) =>
  one?.target === other?.target && one?.isPaused === other?.isPaused && one?.dueAt === other?.dueAt

/** The row of a ticket of which the page now knows more than the list did. */
export function rowFrom(ticket: Ticket, row: TicketRow): TicketRow {
  if (ticket.version <= row.version) {
    return row
  }
  return {
    ...row,
    subject: ticket.subject,
    status: ticket.status,
    lane: ticket.lane,
    priority: ticket.priority,
    requester: { id: ticket.requester.id, name: ticket.requester.name },
    organisation: ticket.requester.organisation,
    team: ticket.team,
    assignee: ticket.assignee,
    tags: ticket.tags,
    dueAt: ticket.dueAt,
    snooze: ticket.snooze,
    updatedAt: ticket.updatedAt,
    version: ticket.version,
  }
}

export interface ListDrift {
  /** Tickets that belong to the list by now and are not on the page. */
  arrived: number[]
  /** Tickets on the page that the list no longer holds. */
  left: number[]
}

/**
 * Compares what the page shows with the first page of the list as it is now. Only the stretch that both
 * cover counts: rows beyond the last loaded one are simply not loaded yet. `seen` are rows that were at the top
 * when it was last shown and have been let go since.
 */
export function driftOf(
  pages: readonly RowPage[],
  firstPage: RowPage,
  seen?: ReadonlySet<number>,
): ListDrift {
  if (seen) {
    const arrived = firstPage.items.map((row) => row.number).filter((number) => !seen.has(number))
    return { arrived, left: [] }
  }
  const loaded = rowsOf(pages)
  const known = new Set(loaded.map((row) => row.number))
  const current = new Set(firstPage.items.map((row) => row.number))
  const isComplete = !pages.at(-1)?.nextCursor

  const lastKnown = firstPage.items.findLastIndex((row) => known.has(row.number))
  const covered = isComplete ? firstPage.items : firstPage.items.slice(0, lastKnown + 1)
  const arrived = covered.filter((row) => !known.has(row.number)).map((row) => row.number)

  const lastCurrent = loaded.findLastIndex((row) => current.has(row.number))
  const compared = firstPage.nextCursor ? loaded.slice(0, lastCurrent + 1) : loaded
  const left = compared.filter((row) => !current.has(row.number)).map((row) => row.number)
  return { arrived, left }
}
