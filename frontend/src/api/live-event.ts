import type { StreamEvent } from './event-stream'
import type { TicketPresence } from './generated/types.gen'

/** What the server tells a browser while it is open; see docs/adr/0012-live-events.md. */
export type LiveEvent =
  /** `resumed`: what happened since the last event follows. If not, what is shown may be old. */
  | { kind: 'hello'; release: string; resumed: boolean }
  /** Something changed on a ticket; `message` where it is a new one. */
  | { kind: 'ticket'; ticket: number; change: string; message?: number }
  /** Who is at a ticket by now. */
  | ({ kind: 'presence' } & TicketPresence)
  /** One's own draft was changed on some device; gone where it has no version. */
  | { kind: 'draft'; ticket: number; draft: string; version?: number }

/** Undefined for what says nothing to a page, such as what a newer release may tell. */
export function toLiveEvent({ name, data }: StreamEvent): LiveEvent | undefined {
  if (name !== 'hello' && name !== 'ticket' && name !== 'presence' && name !== 'draft') return undefined
  try {
    return { ...JSON.parse(data), kind: name }
  } catch {
    return undefined
  }
}
