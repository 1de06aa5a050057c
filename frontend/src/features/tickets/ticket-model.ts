import type { MessageResponse, NameView, TicketEventView, TicketView } from '@/api/generated/types.gen'

export type { Attachment, TicketRow, TicketSnooze } from '@/api/generated/types.gen'

/** The product's words for what the wire calls otherwise. */
export type Ticket = TicketView
export type Message = MessageResponse
export type TicketEvent = TicketEventView
export type Reference = NameView
