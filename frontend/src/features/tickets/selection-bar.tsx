import { useFormatter, useTranslations } from 'use-intl'
import { CommandKeys } from '@/features/shared/command-keys'
import type { CommandId } from '@/features/shared/commands'
import { definitionOf } from '@/features/shared/commands'
import { runShortcut, useOwnKeys, workingKeys } from '@/lib/keyboard'
import { Button, IconButton } from '@/ui/button'
import { Menu } from '@/ui/menu'
import type { Selection } from './selection'
import { countOf } from './selection'
import css from './selection-bar.module.css'

const FIRST = [
  'ticket.resolve',
  'ticket.assign',
  'ticket.take',
  'ticket.priority',
  'ticket.tags',
  'ticket.snooze',
] as const satisfies readonly CommandId[]
const MORE = [
  'ticket.status',
  'ticket.team',
  'ticket.dueDate',
  'ticket.wake',
  'ticket.merge',
  'ticket.macro',
] as const satisfies readonly CommandId[]

interface SelectionBarProps {
  selection: Selection
  /** Offered while more match than the list has loaded. */
  onSelectAll: (() => void) | undefined
  isCounting: boolean
  onClear: () => void
}

/** How many tickets are selected, and all that can be done to them. */
export function SelectionBar({ selection, onSelectAll, isCounting, onClear }: SelectionBarProps) {
  const t = useTranslations('tickets.selection')
  const commands = useTranslations('commands')
  const format = useFormatter()
  const own = useOwnKeys()
  const count = countOf(selection)
  return (
    <div className={css.bar} role="toolbar" aria-label={t('label')}>
      <IconButton label={t('clear')} icon="close" size="small" onClick={onClear} />
      <p className={css.count} role="status">
        {selection.kind === 'all'
          ? t('all', { count: format.number(count) })
          : t('some', { count: format.number(count) })}
      </p>
      {selection.kind === 'all' || !onSelectAll ? null : (
        <Button kind="quiet" size="small" busy={isCounting} onClick={onSelectAll}>
          {t('selectAll')}
          <span className={css.keys} aria-hidden="true">
            <CommandKeys id="list.selectAll" />
          </span>
        </Button>
      )}
      <div className={css.actions}>
        {FIRST.map((id) => (
          <Button key={id} size="small" onClick={() => runShortcut(id)}>
            {commands(`command.${id}`)}
            <span className={css.keys} aria-hidden="true">
              <CommandKeys id={id} />
            </span>
          </Button>
        ))}
        <Menu
          trigger={<IconButton label={t('more')} icon="more" size="small" />}
          items={MORE.map((id) => ({
            label: commands(`command.${id}`),
            shortcut: workingKeys({ id, keys: definitionOf(id).keys }, own),
            onSelect: () => runShortcut(id),
          }))}
        />
      </div>
    </div>
  )
}
