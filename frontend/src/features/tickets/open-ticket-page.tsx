import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { FormEvent, KeyboardEvent } from 'react'
import { useEffect, useEffectEvent, useRef, useState, useSyncExternalStore } from 'react'
import { flushSync } from 'react-dom'
import { useNavigate } from 'react-router'
import { useTranslations } from 'use-intl'
import { openTicket } from '@/api/generated/sdk.gen'
import { useIdempotencyKey } from '@/api/idempotency'
import { useFieldProblems, useProblemText } from '@/api/use-problem-text'
import { AttachFilesButton, AttachmentDropZone, AttachmentList } from '@/features/shared/attachment-field'
import { useAttachments } from '@/features/shared/use-attachments'
import { useCommands } from '@/features/shared/use-commands'
import { usePageTitle } from '@/lib/use-page-title'
import { paths } from '@/paths'
import { Button } from '@/ui/button'
import { TextArea, TextField } from '@/ui/field'
import { Icon } from '@/ui/icons'
import { KeyCaps } from '@/ui/kbd'
import { Popup } from '@/ui/popup'
import { addToast } from '@/ui/toast'
import { PersonMark, PriorityMark } from './marks'
import { NewCustomerForm } from './new-customer-form'
import css from './open-ticket-page.module.css'
import { PickList } from './pick-list'
import type { PickablePerson } from './picks'
import { PersonPick, TagPick, TeamPick } from './picks'
import { acceptTicket, teams } from './queries'
import { useTicketDesk } from './ticket-desk'
import type { Reference } from './ticket-model'
import type { Priority } from './ticket-words'
import { PRIORITIES } from './ticket-words'
import { isEmpty } from './unsent-text'

const SUBJECT_PLACE = 'new.subject'
const BODY_PLACE = 'new.body'
const SUBJECT_LENGTH_MAX = 255

type Part = 'requester' | 'team' | 'priority' | 'assignee' | 'tags'

/** An agent opens a ticket for a customer. */
export default function OpenTicketPage() {
  const t = useTranslations('tickets.new')
  const word = useTranslations('tickets')
  const problemText = useProblemText()
  const client = useQueryClient()
  const navigate = useNavigate()
  const { unsent } = useTicketDesk()
  const { data: allTeams } = useQuery(teams())
  const subject = useSyncExternalStore(unsent.subscribe, () => unsent.read(SUBJECT_PLACE)).text
  const body = useSyncExternalStore(unsent.subscribe, () => unsent.read(BODY_PLACE))
  const [open, setOpen] = useState<Part | undefined>('requester')
  const [requester, setRequester] = useState<PickablePerson>()
  const [newCustomerName, setNewCustomerName] = useState<string>()
  const [team, setTeam] = useState<Reference>()
  const [priority, setPriority] = useState<Priority>('MEDIUM')
  const [assignee, setAssignee] = useState<Reference>()
  const [tags, setTags] = useState<readonly string[]>([])
  const [wasTried, setTried] = useState(false)
  const subjectField = useRef<HTMLInputElement>(null)
  const attachments = useAttachments(body.attachments)
  const idempotency = useIdempotencyKey()
  usePageTitle(t('title'))
  useCommands([{ id: 'go.back', run: () => void navigate(-1) }])

  // What has arrived is kept with the text, over a reload too.
  const arrivedIds = attachments.done.map((attachment) => attachment.id).join()
  const keepArrived = useEffectEvent(() =>
    unsent.keep(BODY_PLACE, { ...unsent.read(BODY_PLACE), attachments: attachments.done }),
  )
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever another file has arrived or was removed
  useEffect(() => keepArrived(), [arrivedIds])

  const opening = useMutation({
    mutationFn: async (requesterId: string) => {
      const content = {
        subject: subject.trim(),
        body: body.text.trim(),
        attachmentIds: attachments.attachmentIds ?? [],
        requesterId,
        teamId: team?.id,
        assigneeId: assignee?.id,
        priority,
        tags: [...tags],
      }
      const headers = { 'Idempotency-Key': idempotency.keyFor(content) }
      return (await openTicket({ body: content, headers, throwOnError: true })).data
    },
    onSuccess: (ticket) => {
      idempotency.done()
      unsent.forget(SUBJECT_PLACE)
      unsent.forget(BODY_PLACE)
      acceptTicket(client, ticket)
      addToast({ text: t('opened', { number: ticket.number }) })
      void navigate(paths.ticket(ticket.number), { replace: true })
    },
  })
  const fieldProblem = useFieldProblems(opening.error)

  const canSend =
    requester !== undefined &&
    subject.trim() !== '' &&
    body.text.trim() !== '' &&
    attachments.attachmentIds !== null
  const submit = (event?: FormEvent) => {
    event?.preventDefault()
    setTried(true)
    if (canSend && !opening.isPending) {
      opening.mutate(requester.id)
    }
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) {
      event.preventDefault()
      submit()
    }
  }

  const part = (name: Part, value: React.ReactNode, editor: React.ReactNode) => (
    <Popup
      label={word(name === 'requester' ? 'filter.field.requester' : `property.${name}`)}
      open={open === name}
      onOpenChange={(isOpen) => setOpen(isOpen ? name : undefined)}
      trigger={
        <button type="button" className={css.part}>
          <span className={css.partName}>
            {word(name === 'requester' ? 'filter.field.requester' : `property.${name}`)}
          </span>
          <span className={css.partValue}>{value}</span>
          <Icon name="chevron-down" size={14} />
        </button>
      }
    >
      {editor}
    </Popup>
  )
  const close = () => setOpen(undefined)
  /** Who asks is known; what they ask comes next. */
  const choose = (person: PickablePerson) => {
    flushSync(() => {
      setRequester(person)
      setNewCustomerName(undefined)
      close()
    })
    subjectField.current?.focus()
  }
  const required = (missing: boolean) => (wasTried && missing ? t('required') : undefined)

  return (
    <form className={css.page} onSubmit={submit} onKeyDown={onKeyDown} noValidate>
      <h1>{t('title')}</h1>
      {newCustomerName === undefined ? (
        <div>
          {part(
            'requester',
            requester ? (
              <>
                <PersonMark name={requester.name} alreadyNamed />
                {requester.name}
                {requester.email ? <span className={css.email}>{requester.email}</span> : null}
              </>
            ) : (
              <span className={css.none}>{t('chooseRequester')}</span>
            ),
            <PersonPick
              label={t('searchRequester')}
              pickedId={requester?.id}
              onPick={choose}
              onCreate={{
                label: (text) => t('addCustomer', { name: text }),
                create: (text) => {
                  setNewCustomerName(text)
                  close()
                },
              }}
            />,
          )}
          {wasTried && !requester ? (
            <p className={css.error} role="alert">
              {t('requesterMissing')}
            </p>
          ) : null}
        </div>
      ) : (
        <NewCustomerForm
          nameOrEmail={newCustomerName}
          onAdded={choose}
          onCancel={() => setNewCustomerName(undefined)}
        />
      )}
      <TextField
        ref={subjectField}
        label={word('property.subject')}
        value={subject}
        maxLength={SUBJECT_LENGTH_MAX}
        autoComplete="off"
        error={required(subject.trim() === '') ?? fieldProblem('subject')}
        onChange={(event) => unsent.keep(SUBJECT_PLACE, { text: event.target.value, attachments: [] })}
      />
      <AttachmentDropZone attachments={attachments}>
        <TextArea
          label={t('message')}
          hint={t('messageHint')}
          value={body.text}
          error={required(body.text.trim() === '') ?? fieldProblem('body')}
          onChange={(event) =>
            unsent.keep(BODY_PLACE, { ...unsent.read(BODY_PLACE), text: event.target.value })
          }
        />
        <AttachmentList attachments={attachments} />
        <span>
          <AttachFilesButton attachments={attachments} size="small" />
        </span>
      </AttachmentDropZone>
      <div className={css.parts}>
        {part(
          'team',
          team?.name ?? allTeams?.find((each) => each.isDefault)?.name ?? t('defaultTeam'),
          <TeamPick
            label={word('property.team')}
            isPicked={(each) => each.id === team?.id}
            onPick={({ id, name }) => {
              setTeam({ id, name })
              close()
            }}
          />,
        )}
        {part(
          'priority',
          <PriorityMark priority={priority} withText />,
          <PickList
            label={word('property.priority')}
            items={PRIORITIES}
            keyOf={(each) => each}
            textOf={(each) => word(`priority.${each}`)}
            show={(each) => <PriorityMark priority={each} withText />}
            isPicked={(each) => each === priority}
            onPick={(each) => {
              setPriority(each)
              close()
            }}
            emptyText={word('filter.noMatch')}
          />,
        )}
        {part(
          'assignee',
          assignee?.name ?? word('unassigned'),
          <PersonPick
            label={word('property.assignee')}
            who="STAFF"
            first={[{ id: 'none', name: word('unassigned') }]}
            pickedId={assignee?.id ?? 'none'}
            onPick={({ id, name }) => {
              setAssignee(id === 'none' ? undefined : { id, name })
              close()
            }}
          />,
        )}
        {part(
          'tags',
          tags.length > 0 ? tags.join(', ') : <span className={css.none}>{word('addTag')}</span>,
          <TagPick
            label={word('property.tags')}
            picked={tags}
            canCreate
            onPick={(tag) =>
              setTags(tags.includes(tag) ? tags.filter((each) => each !== tag) : [...tags, tag])
            }
          />,
        )}
      </div>
      {opening.isError ? (
        <p className={css.error} role="alert">
          {problemText(opening.error)}
        </p>
      ) : null}
      <div className={css.actions}>
        {subject === '' && isEmpty(body) ? null : <span className={css.kept}>{t('kept')}</span>}
        <Button onClick={() => void navigate(-1)}>{t('cancel')}</Button>
        <Button type="submit" kind="primary" busy={opening.isPending}>
          {word('openTicket')}
          <KeyCaps keys="Mod+Enter" />
        </Button>
      </div>
    </form>
  )
}
