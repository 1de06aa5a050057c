import type { FormEvent } from 'react'
import { useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/ui/button'
import { TextField } from '@/ui/field'
import { localInput } from './local-input'
import { PickList } from './pick-list'
import css from './snooze-pick.module.css'
import { parseTime, presetTimes, SNOOZE_DAYS_MAX } from './snooze-times'
import type { TicketSnooze } from './ticket-model'
import { useMomentShort } from './use-snooze-text'

export interface SnoozePickProps {
  label: string
  snooze: TicketSnooze | undefined
  /** Null wakes it. */
  onPick: (snooze: TicketSnooze | null) => void
}

interface Choice {
  key: string
  label: string
  at?: Date
  pick: () => void
}

/** Until when: a usual time, one typed in words, one from a calendar, or the customer's answer. */
export function SnoozePick({ label, snooze, onPick }: SnoozePickProps) {
  const t = useTranslations('tickets.snooze')
  const momentShort = useMomentShort()
  const [typed, setTyped] = useState('')
  const [showsCalendar, setShowsCalendar] = useState(false)
  // What is offered does not change under the cursor.
  const [now] = useState(() => new Date())
  const root = useRef<HTMLDivElement>(null)

  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever another field has taken the place of the first
  useEffect(() => root.current?.querySelector('input')?.focus(), [showsCalendar])

  const until = (at: Date) => onPick({ until: at.toISOString() })

  if (showsCalendar) {
    return (
      <div ref={root}>
        <CalendarForm now={now} onPick={until} />
      </div>
    )
  }

  const meant = typed === '' ? undefined : parseTime(typed, now)
  const choices: Choice[] = [
    ...(meant ? [{ key: 'typed', label: typed, at: meant, pick: () => until(meant) }] : []),
    ...(snooze ? [{ key: 'wake', label: t('wake'), pick: () => onPick(null) }] : []),
    ...presetTimes(now)
      .filter(({ at }) => at.getTime() !== meant?.getTime())
      .map(({ preset, at }) => ({ key: preset, label: t(preset), at, pick: () => until(at) })),
    { key: 'answer', label: t('untilCustomerAnswers'), pick: () => onPick({}) },
    { key: 'calendar', label: t('pickTime'), pick: () => setShowsCalendar(true) },
  ]
  return (
    <div ref={root}>
      <PickList
        label={label}
        items={choices}
        keyOf={({ key }) => key}
        textOf={({ label: text }) => text}
        show={(choice) => (
          <span className={css.choice}>
            <span>{choice.label}</span>
            {choice.at ? <span className={css.at}>{momentShort(choice.at)}</span> : null}
          </span>
        )}
        isPicked={({ key, at }) =>
          snooze !== undefined &&
          (snooze.until ? at?.getTime() === Date.parse(snooze.until) : key === 'answer')
        }
        onPick={({ pick }) => pick()}
        onSearch={setTyped}
        emptyText={t('notUnderstood')}
      />
      <p className={css.hint}>{t('hint')}</p>
    </div>
  )
}

function CalendarForm({ now, onPick }: { now: Date; onPick: (at: Date) => void }) {
  const t = useTranslations('tickets.snooze')
  const [isRefused, setRefused] = useState(false)
  const latest = new Date(now.getFullYear(), now.getMonth(), now.getDate() + SNOOZE_DAYS_MAX - 1)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const at = new Date(String(new FormData(event.currentTarget).get('until')))
    if (at > new Date() && at <= latest) {
      onPick(at)
    } else {
      setRefused(true)
    }
  }
  return (
    <form className={css.calendar} onSubmit={submit} noValidate>
      <TextField
        label={t('dateAndTime')}
        name="until"
        type="datetime-local"
        defaultValue={localInput(presetTimes(now).find(({ preset }) => preset === 'tomorrow')?.at ?? now)}
        error={isRefused ? t('outOfRange') : undefined}
      />
      <Button type="submit" kind="primary" size="small">
        {t('snooze')}
      </Button>
    </form>
  )
}
