import type { FormEvent } from 'react'
import { useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/ui/button'
import { TextField } from '@/ui/field'
import { localInput } from './local-input'
import { MORNING_HOUR } from './mornings'
import { PickList } from './pick-list'
import { parseTime, presetTimes, SNOOZE_DAYS_MAX } from './snooze-times'
import css from './time-pick.module.css'
import { useMomentShort } from './use-snooze-text'

export interface TimeChoice {
  key: string
  label: string
  at?: Date
  pick: () => void
}

export interface TimePickProps {
  label: string
  /** What the form with the calendar does. */
  action: string
  hint: string
  morningHour?: number
  onPick: (at: Date) => void
  isPicked?: (choice: TimeChoice) => boolean
  /** Choices that are no times. */
  first?: readonly TimeChoice[]
  last?: readonly TimeChoice[]
}

/** When: a usual time, one typed in words, or one from a calendar. */
export function TimePick({
  label,
  action,
  hint,
  morningHour = MORNING_HOUR,
  onPick,
  isPicked = () => false,
  first = [],
  last = [],
}: TimePickProps) {
  const t = useTranslations('tickets.snooze')
  const momentShort = useMomentShort()
  const [typed, setTyped] = useState('')
  const [showsCalendar, setShowsCalendar] = useState(false)
  // What is offered does not change under the cursor.
  const [now] = useState(() => new Date())
  const root = useRef<HTMLDivElement>(null)

  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever another field has taken the place of the first
  useEffect(() => root.current?.querySelector('input')?.focus(), [showsCalendar])

  if (showsCalendar) {
    return (
      <div ref={root}>
        <CalendarForm now={now} action={action} morningHour={morningHour} onPick={onPick} />
      </div>
    )
  }

  const meant = typed === '' ? undefined : parseTime(typed, now)
  const choices: TimeChoice[] = [
    ...(meant ? [{ key: 'typed', label: typed, at: meant, pick: () => onPick(meant) }] : []),
    ...first,
    ...presetTimes(now, morningHour)
      .filter(({ at }) => at.getTime() !== meant?.getTime())
      .map(({ preset, at }) => ({ key: preset, label: t(preset), at, pick: () => onPick(at) })),
    ...last,
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
        isPicked={isPicked}
        onPick={({ pick }) => pick()}
        onSearch={setTyped}
        emptyText={t('notUnderstood')}
      />
      <p className={css.hint}>{hint}</p>
    </div>
  )
}

function CalendarForm({
  now,
  action,
  morningHour,
  onPick,
}: {
  now: Date
  action: string
  morningHour: number
  onPick: (at: Date) => void
}) {
  const t = useTranslations('tickets.snooze')
  const [isRefused, setRefused] = useState(false)
  const latest = new Date(now.getFullYear(), now.getMonth(), now.getDate() + SNOOZE_DAYS_MAX - 1)
  const tomorrow = presetTimes(now, morningHour).find(({ preset }) => preset === 'tomorrow')?.at ?? now
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
        defaultValue={localInput(tomorrow)}
        error={isRefused ? t('outOfRange') : undefined}
      />
      <Button type="submit" kind="primary" size="small">
        {action}
      </Button>
    </form>
  )
}
