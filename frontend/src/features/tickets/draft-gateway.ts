import { ifMatch } from '@/api/client'
import { discardDraft, listDrafts, listTicketDrafts, saveDraft } from '@/api/generated/sdk.gen'
import type { Draft, DraftKind } from '@/api/generated/types.gen'
import { isProblem } from '@/api/problem'
import type { DraftGateway } from './draft-sync'
import { kindOfPlace } from './draft-sync'
import type { MessageOutbox } from './message-outbox'
import { placeOf, ticketOfPlace } from './unsent-text'

/** A browser sends no more than 64 KB for a page that is gone. */
const KEPT_ALIVE_CHARACTERS_MAX = 20_000
const NONE_YET = 0

export function draftGateway(outbox: Pick<MessageOutbox, 'all'>): DraftGateway {
  const path = (place: string) => ({
    number: Number(ticketOfPlace(place)),
    kind: kindOfPlace(place).toUpperCase() as DraftKind,
  })
  return {
    list: async () => (await listDrafts({ throwOnError: true })).data,
    listOf: async (number) => (await listTicketDrafts({ path: { number }, throwOnError: true })).data.drafts,
    save: async (place, { text, attachments, begunAfter }, version, isLeaving) => {
      const { data } = await saveDraft({
        path: path(place),
        headers: { 'If-Match': ifMatch(version ?? NONE_YET) },
        body: { text, attachmentIds: attachments.map(({ id }) => id), begunAfter },
        keepalive: isLeaving && text.length <= KEPT_ALIVE_CHARACTERS_MAX,
        throwOnError: true,
      })
      return data.version
    },
    discard: (place, version, isLeaving) =>
      discardDraft({
        path: path(place),
        headers: { 'If-Match': ifMatch(version) },
        keepalive: isLeaving,
        throwOnError: true,
      }),
    newerDraft: (error) =>
      isProblem(error, 'newer-draft') ? ((error.document.draft as Draft | undefined) ?? null) : undefined,
    // A task of the release before knows no drafts, and a ticket that was lost may come back.
    isFinal: (error) => isProblem(error) && (error.status === 400 || error.status === 413),
    onItsWay: (place) => {
      const message = outbox.all().find((each) => placeOf(each.ticketNumber, each.kind) === place)
      return message && (message.draftVersion ?? null)
    },
  }
}
