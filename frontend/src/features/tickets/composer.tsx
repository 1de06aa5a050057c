import { useQuery } from '@tanstack/react-query'
import type { KeyboardEvent } from 'react'
import { lazy, Suspense, useEffect, useEffectEvent, useId, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useCurrentUser } from '@/api/session'
import { AttachFilesButton, AttachmentDropZone, AttachmentList } from '@/features/shared/attachment-field'
import { CommandKeys } from '@/features/shared/command-keys'
import { useAttachments } from '@/features/shared/use-attachments'
import { Button, IconButton } from '@/ui/button'
import { HtmlView } from '@/ui/html-view'
import { Icon } from '@/ui/icons'
import { KeyCaps } from '@/ui/kbd'
import { addToast } from '@/ui/toast'
import css from './composer.module.css'
import { DraftConflict } from './draft-conflict'
import { loadSendLaterDialog } from './load-replies'
import type { Reminder } from './mornings'
import { reminderTime } from './mornings'
import { ticketSignature } from './queries'
import { ReminderSelect } from './reminder-select'
import { SavedReplyButton, useSlash } from './slash'
import { useDraftState, useTicketDesk, useUnsent } from './ticket-desk'
import type { Message, Ticket } from './ticket-model'
import type { Status } from './ticket-words'
import { laneOf } from './ticket-words'
import type { ComposerKind } from './unsent-text'
import { isEmpty, NOTHING_UNSENT, placeOf } from './unsent-text'
import { useChangeTicket } from './use-change-ticket'

const SendLaterDialog = lazy(loadSendLaterDialog)

export interface ComposerProps {
  ticket: Ticket
  messages: readonly Message[]
  /** The newest message that was in the author's sight. */
  seenId: number | undefined
  myId: string
  kind: ComposerKind | undefined
  onKind: (kind: ComposerKind | undefined) => void
  onShowNewest: () => void
  onSent: (thenStatus: Status | undefined) => void
  onResolvedByReply: () => void
  onMacro: () => void
}

/** Where a reply or a note is written. Closed, it is two buttons. */
export function Composer(props: ComposerProps) {
  const { ticket, kind, onKind } = props
  const t = useTranslations('tickets.composer')
  const unsentReply = useUnsent(ticket.number, 'reply')
  const unsentNote = useUnsent(ticket.number, 'note')
  const unsent = { reply: unsentReply, note: unsentNote }

  const opener = (each: ComposerKind) => (
    <button
      key={each}
      type="button"
      className={css.opener}
      data-kind={each}
      aria-pressed={kind === undefined ? undefined : kind === each}
      onClick={() => onKind(each)}
    >
      <Icon name={each === 'reply' ? 'reply' : 'lock'} size={14} />
      {t(each)}
      {kind === each || isEmpty(unsent[each]) ? null : <span className={css.unsentMark}>{t('unsent')}</span>}
      <CommandKeys id={each === 'reply' ? 'ticket.reply' : 'ticket.note'} />
    </button>
  )

  return (
    <section className={css.composer} data-kind={kind} aria-label={t('title')}>
      <div className={css.openers}>
        {opener('reply')}
        {opener('note')}
        <button type="button" className={css.opener} onClick={props.onMacro}>
          <Icon name="play" size={14} />
          {t('macro')}
          <KeyCaps keys="Shift+m" />
        </button>
        {kind ? (
          <span className={css.audience}>{t(kind === 'reply' ? 'readByCustomer' : 'readByStaff')}</span>
        ) : null}
        {kind ? (
          <IconButton label={t('close')} icon="chevron-down" size="small" onClick={() => onKind(undefined)} />
        ) : null}
      </div>
      {kind ? <Editor key={`${kind} ${unsent[kind].heldBack}`} {...props} kind={kind} /> : null}
    </section>
  )
}

function Editor(props: ComposerProps & { kind: ComposerKind }) {
  const { ticket, messages, kind, seenId, myId } = props
  const t = useTranslations('tickets.composer')
  const statusText = useTranslations('tickets.status')
  const desk = useTicketDesk()
  const place = placeOf(ticket.number, kind)
  const unsent = useUnsent(ticket.number, kind)
  const textarea = useRef<HTMLTextAreaElement>(null)
  const statusId = useId()
  const attachments = useAttachments(unsent.attachments)
  // Chosen before anything is written, there is no text yet to keep it with.
  const [chosenReminder, setReminder] = useState<Reminder>()
  const [leavesOut, setLeavesOut] = useState<boolean>()
  const reminder = chosenReminder ?? unsent.reminder ?? 'none'
  const leavesOutSignature = leavesOut ?? unsent.leavesOutSignature ?? false
  const [picksTime, setPicksTime] = useState(false)
  const { name: myName, writing, teams } = useCurrentUser()
  const changeTicket = useChangeTicket()
  const mayRemind = (status: Status | undefined) =>
    kind === 'reply' && laneOf(status ?? ticket.status) !== 'DONE'

  const newestId = messages.at(-1)?.id
  const newer = messages.filter(
    (message) =>
      unsent.begunAfter !== undefined && message.id > unsent.begunAfter && message.author.id !== myId,
  )
  const isUploading = attachments.attachmentIds === null
  const canSend = unsent.text.trim() !== '' && !isUploading
  const signature = useQuery({
    ...ticketSignature(ticket.number),
    enabled: kind === 'reply' && writing !== undefined,
  })
  const signatureHtml = kind === 'reply' ? signature.data?.html : undefined
  const mayWait = kind === 'reply' && writing !== undefined && canSend

  useEffect(() => {
    const element = textarea.current
    element?.focus({ preventScroll: true })
    element?.setSelectionRange(element.value.length, element.value.length)
  }, [])

  // What has arrived is kept with the text, and sent or restored with it.
  const arrivedIds = attachments.done.map((attachment) => attachment.id).join()
  const keepArrived = useEffectEvent(() => {
    const latest = desk.unsent.read(place)
    desk.unsent.keep(place, { ...latest, attachments: attachments.done })
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever another file has arrived or was removed
  useEffect(() => keepArrived(), [arrivedIds])

  // Another device's text comes with its files, and goes with them.
  const keptIds = unsent.attachments.map((attachment) => attachment.id).join()
  const takeKept = useEffectEvent(() => {
    if (keptIds !== arrivedIds) {
      attachments.replace(unsent.attachments)
    }
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever other files are kept
  useEffect(() => takeKept(), [keptIds])

  const discard = () => {
    const discarded = { ...unsent, attachments: attachments.done }
    desk.unsent.keep(place, NOTHING_UNSENT)
    attachments.clear()
    desk.drafts.flush()
    textarea.current?.focus({ preventScroll: true })
    addToast({
      text: t('discarded', { number: ticket.number }),
      action: { label: t('undo'), isUndo: true, run: () => desk.unsent.keep(place, discarded) },
      durationMs: 8_000,
    })
  }

  // Only a reply can go over a colleague's.
  const presence = kind === 'reply' ? desk.presence : undefined
  useEffect(() => () => presence?.pauses(), [presence])

  const takeOnce = () => {
    if (
      kind === 'reply' &&
      writing?.takesOnReply &&
      !ticket.assignee &&
      laneOf(ticket.status) !== 'DONE' &&
      teams.some(({ id }) => id === ticket.team.id) &&
      !desk.takenByWriting.has(ticket.number)
    ) {
      desk.takenByWriting.add(ticket.number)
      changeTicket(ticket, { kind: 'assignee', assignee: { id: myId, name: myName } })
    }
  }

  const write = (text: string) => {
    presence?.types()
    takeOnce()
    desk.unsent.keep(place, { ...unsent, text, begunAfter: unsent.begunAfter ?? newestId })
  }

  const slash = useSlash({ ticketNumber: ticket.number, textarea, onText: write })

  const send = (thenStatus: Status | undefined, later?: { at: Date; sendAnyway: boolean }) => {
    if (!canSend) {
      return
    }
    // A server that says nothing of how its people write keeps nothing back.
    const isHeld = kind === 'reply' && (later !== undefined || (writing?.undoSeconds ?? 0) > 0)
    const { text, heldBack } = unsent
    const draftVersion = desk.drafts.version(place)
    desk.unsent.keep(place, NOTHING_UNSENT)
    attachments.clear()
    void desk.outbox.send({
      ticketNumber: ticket.number,
      remindAt: mayRemind(thenStatus)
        ? reminderTime(reminder, later?.at ?? new Date())?.toISOString()
        : undefined,
      reminder,
      withSignature: signatureHtml ? !leavesOutSignature : undefined,
      isHeld,
      sendAt: later?.at.toISOString(),
      sendAnyway: later?.sendAnyway,
      kind,
      text: text.trim(),
      attachments: attachments.done,
      thenStatus: kind === 'reply' ? thenStatus : undefined,
      draftVersion,
      // Held back once, its author was shown the newer messages: sending again is the decision.
      lastSeenMessageId: heldBack ? newestId : seenId,
    })
    props.onSent(later ? undefined : thenStatus)
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || slash.takesKey(event)) {
      return
    }
    if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) {
      event.preventDefault()
      if (event.altKey) {
        setPicksTime(mayWait)
      } else if (
        event.shiftKey &&
        kind === 'reply' &&
        ticket.allowedStatuses.includes('RESOLVED') &&
        canSend
      ) {
        send('RESOLVED')
        props.onResolvedByReply()
      } else {
        send(unsent.thenStatus)
      }
    } else if (event.key === 'Escape') {
      event.preventDefault()
      props.onKind(undefined)
    }
  }

  return (
    <div className={css.editor}>
      {newer.length > 0 ? (
        <div className={css.newer} role="alert">
          <Icon name="warning" size={16} />
          <span className={css.newerText}>
            {t(unsent.heldBack ? 'heldBack' : 'wroteMeanwhile', {
              names: [...new Set(newer.map((message) => message.author.name))].join(', '),
              count: newer.length,
            })}
          </span>
          <Button size="small" onClick={props.onShowNewest}>
            {t('show')}
          </Button>
        </div>
      ) : null}
      <DraftConflict ticketNumber={ticket.number} kind={kind} />
      {slash.panel}
      <AttachmentDropZone attachments={attachments}>
        <textarea
          {...slash.field}
          ref={textarea}
          className={css.text}
          aria-label={t(kind === 'reply' ? 'replyTo' : 'noteOn', {
            name: ticket.requester.name,
            number: ticket.number,
          })}
          placeholder={t(kind === 'reply' ? 'replyPlaceholder' : 'notePlaceholder', {
            name: ticket.requester.name,
          })}
          value={unsent.text}
          onChange={(event) => {
            write(event.target.value)
            slash.typed(event)
          }}
          onFocus={() => presence?.takesUp()}
          onSelect={slash.moved}
          onBlur={({ currentTarget }) => {
            slash.left()
            // Another window has the focus, and the reply will have it again.
            if (document.activeElement !== currentTarget) {
              presence?.pauses()
            }
            desk.drafts.flush()
          }}
          onKeyDown={onKeyDown}
        />
        {signatureHtml ? (
          <SignaturePreview
            html={signatureHtml}
            isLeftOut={leavesOutSignature}
            onLeaveOut={(isLeftOut) => {
              setLeavesOut(isLeftOut)
              desk.unsent.keep(place, { ...unsent, leavesOutSignature: isLeftOut })
            }}
          />
        ) : null}
        <AttachmentList attachments={attachments} />
      </AttachmentDropZone>
      <div className={css.actions}>
        <AttachFilesButton attachments={attachments} size="small" />
        <SavedReplyButton slash={slash} />
        {isEmpty(unsent) ? null : (
          <IconButton label={t('discard')} icon="trash" size="small" onClick={discard} />
        )}
        <span className={css.hint}>
          {isUploading ? t('uploading') : <DraftSign ticketNumber={ticket.number} kind={kind} />}
        </span>
        {kind === 'reply' ? (
          <span className={css.then}>
            <label htmlFor={statusId}>{t('then')}</label>
            <select
              id={statusId}
              value={unsent.thenStatus ?? ''}
              onChange={(event) =>
                desk.unsent.keep(place, {
                  ...unsent,
                  thenStatus: event.target.value === '' ? undefined : (event.target.value as Status),
                })
              }
            >
              <option value="">{t('keepStatus', { status: statusText(ticket.status) })}</option>
              {ticket.allowedStatuses
                .filter((status) => status !== ticket.status)
                .map((status) => (
                  <option key={status} value={status}>
                    {statusText(status)}
                  </option>
                ))}
            </select>
          </span>
        ) : null}
        {mayRemind(unsent.thenStatus) ? (
          <ReminderSelect
            value={reminder}
            onChange={(chosen) => {
              setReminder(chosen)
              desk.unsent.keep(place, { ...unsent, reminder: chosen })
            }}
          />
        ) : null}
        <span className={css.send}>
          {kind === 'reply' && writing ? (
            <IconButton
              label={t('sendLater')}
              icon="clock"
              size="small"
              disabled={!canSend}
              onClick={() => setPicksTime(true)}
            />
          ) : null}
          <Button kind="primary" size="small" disabled={!canSend} onClick={() => send(unsent.thenStatus)}>
            {unsent.heldBack && newer.length > 0 ? t('sendAnyway') : t(kind === 'reply' ? 'send' : 'addNote')}
            <KeyCaps keys="Mod+Enter" />
          </Button>
        </span>
      </div>
      {picksTime ? (
        <Suspense>
          <SendLaterDialog
            ticketNumber={ticket.number}
            onPick={(at, sendAnyway) => send(unsent.thenStatus, { at, sendAnyway })}
            onClose={() => setPicksTime(false)}
          />
        </Suspense>
      ) : null}
    </div>
  )
}

/** What will stand below the text; it is changed in the profile, or left out. */
function SignaturePreview({
  html,
  isLeftOut,
  onLeaveOut,
}: {
  html: string
  isLeftOut: boolean
  onLeaveOut: (isLeftOut: boolean) => void
}) {
  const t = useTranslations('tickets.composer')
  return (
    <div className={css.signature} data-left-out={isLeftOut || undefined}>
      {isLeftOut ? <span>{t('signatureLeftOut')}</span> : <HtmlView html={html} />}
      <Button size="small" kind="quiet" onClick={() => onLeaveOut(!isLeftOut)}>
        {t(isLeftOut ? 'signatureBack' : 'signatureOut')}
      </Button>
    </div>
  )
}

/** Whether the text would be found on another device. Only trouble is read out; the rest is there for whoever looks. */
function DraftSign({ ticketNumber, kind }: { ticketNumber: number; kind: ComposerKind }) {
  const t = useTranslations('tickets.composer')
  const state = useDraftState(ticketNumber, kind)
  return (
    <>
      {state === 'saved' ? t('draftSaved') : null}
      <span role="status">
        {state === 'waiting' ? t('draftWaits') : state === 'refused' ? t('draftRefused') : null}
      </span>
    </>
  )
}
