import { useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { Button } from '@/ui/button'
import { QuickDialog } from '@/ui/quick-dialog'
import type { BulkChange } from './bulk-change'
import { TagPick } from './picks'
import type { Property } from './property-bar'
import type { EditedTicket } from './property-editor'
import { PropertyEditor } from './property-editor'
import css from './selection-dialogs.module.css'
import type { TicketRow } from './ticket-model'

/** Of whom nobody can be, so that neither a person nor nobody looks picked where the assignees differ. */
const DIFFERENT = { id: '', name: '' }

export interface SelectionDialogProps {
  count: number
  /** Those of the selected tickets that the list has loaded. */
  rows: readonly TicketRow[]
  onChange: (change: BulkChange) => void
  onClose: () => void
}

/** The choices of one property, for all selected tickets. */
export function SelectionPropertyDialog({
  property,
  count,
  rows,
  onChange,
  onClose,
}: SelectionDialogProps & { property: Property }) {
  const t = useTranslations('tickets')
  const format = useFormatter()
  const title = t('selection.title', {
    count: format.number(count),
    property: t(`property.${property}`),
  })
  return (
    <QuickDialog title={title} onClose={onClose}>
      {property === 'tags' ? (
        <SelectionTags rows={rows} count={count} onChange={onChange} onClose={onClose} />
      ) : (
        <PropertyEditor
          property={property}
          ticket={inCommon(rows)}
          onChange={(change) => {
            if (change.kind !== 'tags' && change.kind !== 'subject') {
              onChange(change)
            }
          }}
          onDone={onClose}
        />
      )}
    </QuickDialog>
  )
}

/** Tags are gathered first and then changed together: a tag that all have is taken away, another added. */
function SelectionTags({ rows, count, onChange, onClose }: SelectionDialogProps) {
  const t = useTranslations('tickets')
  const format = useFormatter()
  const common = inCommon(rows).tags
  const [picked, setPicked] = useState<readonly string[]>(common)
  const add = picked.filter((tag) => !common.includes(tag))
  const remove = common.filter((tag) => !picked.includes(tag))
  const others = [...new Set(rows.flatMap((row) => row.tags))].filter((tag) => !common.includes(tag))
  const [removedOthers, setRemovedOthers] = useState<readonly string[]>([])
  const removed = [...remove, ...removedOthers.filter((tag) => !add.includes(tag))]
  return (
    <>
      <TagPick
        label={t('property.tags')}
        picked={picked}
        canCreate
        onPick={(tag) =>
          setPicked(picked.includes(tag) ? picked.filter((each) => each !== tag) : [...picked, tag])
        }
      />
      {others.length > 0 ? (
        <fieldset className={css.others}>
          <legend>{t('selection.removeFromSome')}</legend>
          {others.map((tag) => (
            <label key={tag} className={css.other}>
              <input
                type="checkbox"
                checked={removedOthers.includes(tag)}
                onChange={(event) =>
                  setRemovedOthers(
                    event.target.checked
                      ? [...removedOthers, tag]
                      : removedOthers.filter((each) => each !== tag),
                  )
                }
              />
              {tag}
            </label>
          ))}
        </fieldset>
      ) : null}
      <div className={css.foot}>
        <Button
          kind="primary"
          size="small"
          disabled={add.length + removed.length === 0}
          onClick={() => {
            onChange({ kind: 'tagging', add, remove: removed })
            onClose()
          }}
        >
          {t('selection.apply', { count: format.number(count) })}
        </Button>
      </div>
    </>
  )
}

/** What the tickets have in common: shown as picked, and nothing where they differ. */
function inCommon(rows: readonly TicketRow[]): EditedTicket {
  const [first] = rows
  const same = <T,>(of: (row: TicketRow) => T, key: (value: T) => unknown = (value) => value) =>
    first && rows.every((row) => key(of(row)) === key(of(first))) ? of(first) : undefined
  const isAssigneeSame = first && rows.every((row) => row.assignee?.id === first.assignee?.id)
  return {
    status: same((row) => row.status),
    priority: same((row) => row.priority),
    team: same(
      (row) => row.team,
      (team) => team.id,
    ),
    assignee: isAssigneeSame ? first.assignee : DIFFERENT,
    tags: first ? first.tags.filter((tag) => rows.every((row) => row.tags.includes(tag))) : [],
    dueAt: same((row) => row.dueAt),
    snooze: same(
      (row) => row.snooze,
      (snooze) => (snooze ? (snooze.until ?? 'answer') : undefined),
    ),
  }
}
