import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { ifMatch } from '@/api/client'
import { addBusinessHours, changeBusinessHours } from '@/api/generated/sdk.gen'
import type { Holiday, SlaCalendar } from '@/api/generated/types.gen'
import { useFieldProblems } from '@/api/use-problem-text'
import { FormDialog } from '@/features/shared/form-dialog'
import { useAdministration } from '@/features/shared/use-administration'
import { Button, IconButton } from '@/ui/button'
import { Combobox } from '@/ui/combobox'
import { Checkbox, TextField } from '@/ui/field'
import { Notice } from '@/ui/notice'
import { businessHoursKey } from './queries'
import css from './sla.module.css'
import { TeamChoices } from './team-choices'
import { parseSpans, textOfSpans } from './times-of-day'
import { DAYS, useDayName } from './use-week-text'

type Day = (typeof DAYS)[number]

interface BusinessHoursDialogProps {
  calendar: SlaCalendar | null
  onClose: () => void
}

export function BusinessHoursDialog({ calendar, onClose }: BusinessHoursDialogProps) {
  const t = useTranslations('sla.hours')
  const ui = useTranslations('common.ui')
  const [name, setName] = useState(calendar?.name ?? '')
  const [timeZone, setTimeZone] = useState(
    () => calendar?.hours.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
  )
  const [week, setWeek] = useState(() => weekOf(calendar))
  const [holidays, setHolidays] = useState<readonly Holiday[]>(calendar?.hours.holidays ?? [])
  const [teamIds, setTeamIds] = useState<readonly string[]>(calendar?.teams.map(({ id }) => id) ?? [])
  const [wasSent, setWasSent] = useState(false)
  const spans = DAYS.map((day) => ({ day, spans: parseSpans(week[day]) }))
  const isWrong = spans.some((each) => each.spans === undefined)
  const isClosed = spans.every((each) => each.spans?.length === 0)
  const change = useAdministration({
    change: () => {
      const body = {
        name: name.trim(),
        hours: {
          timeZone,
          intervals: spans.flatMap((each) => (each.spans ?? []).map((span) => ({ day: each.day, ...span }))),
          holidays: holidays.map((holiday) => ({ ...holiday, name: holiday.name.trim() })),
        },
        teamIds: [...teamIds],
      }
      if (!calendar) return addBusinessHours({ body, throwOnError: true })
      const headers = { 'If-Match': ifMatch(calendar.version) }
      return changeBusinessHours({ path: { id: calendar.id }, body, headers, throwOnError: true })
    },
    lists: [businessHoursKey],
    done: ui('saved'),
    onDone: onClose,
  })
  const fieldProblem = useFieldProblems(change.error)
  return (
    <FormDialog
      title={calendar ? t('editTitle', { name: calendar.name }) : t('createTitle')}
      submitLabel={calendar ? ui('save') : t('create')}
      size="wide"
      change={{
        ...change,
        mutate: () => {
          setWasSent(true)
          if (!isWrong && !isClosed) change.mutate()
        },
      }}
      onClose={onClose}
    >
      <div className={css.pair}>
        <TextField
          label={t('name')}
          required
          maxLength={80}
          value={name}
          onChange={(event) => setName(event.target.value)}
          error={fieldProblem('name')}
        />
        <Combobox
          label={t('timeZone')}
          choices={TIME_ZONES}
          value={{ value: timeZone, label: timeZone }}
          onChange={(choice) => choice && setTimeZone(choice.value)}
          error={fieldProblem('hours.timeZone')}
        />
      </div>
      <fieldset className={css.group}>
        <legend>{t('week')}</legend>
        <p className={css.hint}>{t('weekHint')}</p>
        {wasSent && isClosed ? <Notice tone="danger">{t('alwaysClosed')}</Notice> : null}
        <div className={css.days}>
          {spans.map(({ day, spans: read }) => (
            <DayField
              key={day}
              day={day}
              text={week[day]}
              isWrong={read === undefined}
              isAsked={wasSent}
              onChange={(text) => setWeek({ ...week, [day]: text })}
            />
          ))}
        </div>
      </fieldset>
      <Holidays
        holidays={holidays}
        onChange={setHolidays}
        error={fieldProblem('hours.holidays') && t('holidaysWrong')}
      />
      <TeamChoices
        label={t('teams')}
        hint={t('teamsHint')}
        chosen={teamIds}
        onChange={setTeamIds}
        error={fieldProblem('teamIds')}
      />
    </FormDialog>
  )
}

interface DayFieldProps {
  day: Day
  text: string
  isWrong: boolean
  isAsked: boolean
  onChange: (text: string) => void
}

/** Nobody is told of a mistake while still typing. */
function DayField({ day, text, isWrong, isAsked, onChange }: DayFieldProps) {
  const t = useTranslations('sla.hours')
  const dayName = useDayName('long')
  const [wasLeft, setWasLeft] = useState(false)
  return (
    <TextField
      label={dayName(day)}
      placeholder={t('closed')}
      maxLength={120}
      value={text}
      onChange={(event) => onChange(event.target.value)}
      onBlur={() => {
        setWasLeft(true)
        const read = parseSpans(text)
        if (read) onChange(textOfSpans(read))
      }}
      onFocus={() => setWasLeft(false)}
      error={isWrong && (wasLeft || isAsked) ? t('timesWrong') : undefined}
    />
  )
}

interface HolidaysProps {
  holidays: readonly Holiday[]
  onChange: (holidays: readonly Holiday[]) => void
  error: string | undefined
}

function Holidays({ holidays, onChange, error }: HolidaysProps) {
  const t = useTranslations('sla.hours')
  const set = (index: number, part: Partial<Holiday>) =>
    onChange(holidays.map((each, i) => (i === index ? { ...each, ...part } : each)))
  return (
    <fieldset className={css.group}>
      <legend>{t('holidays')}</legend>
      {error ? <Notice tone="danger">{error}</Notice> : null}
      {holidays.map((holiday, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a holiday that is being written has no identity but its place.
        <div key={index} className={css.holiday}>
          <TextField
            label={t('date')}
            hideLabel
            type="date"
            required
            min="2000-01-01"
            max="2099-12-31"
            value={holiday.date}
            onChange={(event) => set(index, { date: event.target.value })}
          />
          <TextField
            label={t('holidayName')}
            hideLabel
            placeholder={t('holidayName')}
            required
            maxLength={80}
            value={holiday.name}
            onChange={(event) => set(index, { name: event.target.value })}
          />
          <Checkbox
            label={t('yearly')}
            checked={holiday.yearly}
            onChange={(event) => set(index, { yearly: event.target.checked })}
          />
          <IconButton
            label={t('removeHoliday', { name: holiday.name || holiday.date })}
            icon="close"
            size="small"
            onClick={() => onChange(holidays.filter((_, i) => i !== index))}
          />
        </div>
      ))}
      <div>
        <Button
          icon="plus"
          size="small"
          onClick={() => onChange([...holidays, { date: '', name: '', yearly: false }])}
        >
          {t('addHoliday')}
        </Button>
      </div>
    </fieldset>
  )
}

const TIME_ZONES = ['UTC', ...Intl.supportedValuesOf('timeZone')].map((zone) => ({
  value: zone,
  label: zone,
}))

/** New hours begin with what most have. */
function weekOf(calendar: SlaCalendar | null): Record<Day, string> {
  const text = (day: Day) =>
    calendar
      ? textOfSpans(calendar.hours.intervals.filter((interval) => interval.day === day))
      : day === 'SATURDAY' || day === 'SUNDAY'
        ? ''
        : '09:00–17:00'
  return Object.fromEntries(DAYS.map((day) => [day, text(day)])) as Record<Day, string>
}
