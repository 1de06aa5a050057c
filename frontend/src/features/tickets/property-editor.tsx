import type { FormEvent } from 'react'
import { lazy, Suspense } from 'react'
import { useTranslations } from 'use-intl'
import { useCurrentUser } from '@/api/session'
import { Button } from '@/ui/button'
import { TextField } from '@/ui/field'
import { localInput } from './local-input'
import { PriorityMark, StatusMark } from './marks'
import { PickList } from './pick-list'
import { PersonPick, TagPick, TeamPick } from './picks'
import type { Property } from './property-bar'
import css from './property-editor.module.css'
import type { TicketChange } from './ticket-change'
import type { TicketRow } from './ticket-model'
import type { Status } from './ticket-words'
import { PRIORITIES, STATUSES } from './ticket-words'

const SnoozePick = lazy(async () => ({ default: (await import('./snooze-pick')).SnoozePick }))

export interface PropertyEditorProps {
  property: Property
  ticket: EditedTicket
  onChange: (change: TicketChange) => void
  onDone: () => void
}

/** What the choices need to know of a ticket; of several, what they have in common. */
export interface EditedTicket
  extends Partial<Pick<TicketRow, 'status' | 'priority' | 'team' | 'assignee' | 'dueAt' | 'snooze'>> {
  tags: readonly string[]
  allowedStatuses?: readonly Status[]
}

/** The choices of one property, in a popup beside it or in a dialog opened by a key. */
export function PropertyEditor({ property, ticket, onChange, onDone }: PropertyEditorProps) {
  const t = useTranslations('tickets')
  const me = useCurrentUser()
  const label = t(`property.${property}`)
  const change = (made: TicketChange) => {
    onChange(made)
    onDone()
  }

  switch (property) {
    case 'status': {
      const allowed = ticket.allowedStatuses ?? STATUSES
      return (
        <PickList
          label={label}
          items={STATUSES.filter((status) => status === ticket.status || allowed.includes(status))}
          keyOf={(status) => status}
          textOf={(status) => t(`status.${status}`)}
          show={(status) => <StatusMark status={status} />}
          isPicked={(status) => status === ticket.status}
          onPick={(status) => change({ kind: 'status', status })}
          emptyText={t('filter.noMatch')}
        />
      )
    }
    case 'priority':
      return (
        <PickList
          label={label}
          items={PRIORITIES}
          keyOf={(priority) => priority}
          textOf={(priority) => t(`priority.${priority}`)}
          show={(priority) => <PriorityMark priority={priority} withText />}
          isPicked={(priority) => priority === ticket.priority}
          onPick={(priority) => change({ kind: 'priority', priority })}
          emptyText={t('filter.noMatch')}
        />
      )
    case 'assignee':
      return (
        <PersonPick
          label={label}
          who="STAFF"
          first={[
            { id: me.id, name: me.name, email: t('filter.me') },
            { id: 'none', name: t('unassigned') },
          ]}
          pickedId={ticket.assignee?.id ?? 'none'}
          onPick={({ id, name }) =>
            change({ kind: 'assignee', assignee: id === 'none' ? null : { id, name } })
          }
        />
      )
    case 'team':
      return (
        <TeamPick
          label={label}
          isPicked={(team) => team.id === ticket.team?.id}
          onPick={({ id, name }) => change({ kind: 'team', team: { id, name } })}
        />
      )
    case 'tags':
      return (
        <TagPick
          label={label}
          picked={ticket.tags}
          canCreate
          onPick={(tag) =>
            onChange({
              kind: 'tags',
              tags: ticket.tags.includes(tag)
                ? ticket.tags.filter((each) => each !== tag)
                : [...ticket.tags, tag],
            })
          }
        />
      )
    case 'dueAt':
      return <DueDateForm dueAt={ticket.dueAt} onChange={change} />
    case 'snooze':
      return (
        <Suspense>
          <SnoozePick
            label={label}
            snooze={ticket.snooze}
            onPick={(snooze) => change({ kind: 'snooze', snooze })}
          />
        </Suspense>
      )
  }
}

function DueDateForm({ dueAt, onChange }: { dueAt?: string; onChange: (change: TicketChange) => void }) {
  const t = useTranslations('tickets')
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const local = new FormData(event.currentTarget).get('dueAt')
    onChange({ kind: 'dueAt', dueAt: local ? new Date(String(local)).toISOString() : null })
  }
  return (
    <form className={css.due} onSubmit={submit}>
      <TextField
        label={t('property.dueAt')}
        name="dueAt"
        type="datetime-local"
        defaultValue={localInput(dueAt ? new Date(dueAt) : endOfTomorrow())}
      />
      <div className={css.buttons}>
        {dueAt ? (
          <Button size="small" onClick={() => onChange({ kind: 'dueAt', dueAt: null })}>
            {t('removeDueDate')}
          </Button>
        ) : null}
        <Button type="submit" kind="primary" size="small">
          {t('setDueDate')}
        </Button>
      </div>
    </form>
  )
}

const WORKDAY_ENDS_AT_HOUR = 17

function endOfTomorrow(): Date {
  const now = new Date()
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1, WORKDAY_ENDS_AT_HOUR)
}
