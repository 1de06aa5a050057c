import { useFormatter, useTranslations } from 'use-intl'
import type { ReportColumn, ReportPoint } from './report-model'
import { changeOf, DAY_SECONDS, isDuration } from './report-model'

const MINUTE_SECONDS = 60
const HOUR_SECONDS = 3_600

/** Numbers, days and changes in the reader's words. */
export function useReportText() {
  const t = useTranslations('reports')
  const format = useFormatter()

  const durationText = (seconds: number, unitDisplay: 'narrow' | 'long' = 'narrow') => {
    const inUnit = (value: number, unit: 'minute' | 'hour' | 'day') =>
      format.number(value, { style: 'unit', unit, unitDisplay, maximumFractionDigits: value < 10 ? 1 : 0 })
    if (seconds < HOUR_SECONDS) return inUnit(seconds / MINUTE_SECONDS, 'minute')
    if (seconds < 2 * DAY_SECONDS) return inUnit(seconds / HOUR_SECONDS, 'hour')
    return inUnit(seconds / DAY_SECONDS, 'day')
  }

  const valueText = (column: ReportColumn, value: number | undefined) => {
    if (value === undefined) return '–'
    return isDuration(column) ? durationText(value) : format.number(value)
  }

  const changeText = (value: number | undefined, previous: number | undefined) => {
    const change = changeOf(value, previous)
    return change === undefined
      ? undefined
      : format.number(change, { style: 'percent', signDisplay: 'exceptZero', maximumFractionDigits: 0 })
  }

  const barText = ({ start, end }: Pick<ReportPoint, 'start' | 'end'>, by: string) => {
    const from = new Date(start)
    // The end is not part of the bar.
    const to = new Date(Date.parse(end) - 1)
    switch (by.toLowerCase()) {
      case 'hour':
        return format.dateTime(from, { dateStyle: 'medium', timeStyle: 'short' })
      case 'month':
        return format.dateTime(from, { month: 'long', year: 'numeric' })
      case 'week':
        return format.dateTimeRange(from, to, { dateStyle: 'medium' })
      default:
        return format.dateTime(from, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' })
    }
  }

  const pointText = (column: ReportColumn, point: ReportPoint, by: string) => {
    const text = { bar: barText(point, by), value: valueText(column, point.value) }
    return point.previous === undefined
      ? t('point', text)
      : t('pointBefore', { ...text, previous: valueText(column, point.previous) })
  }

  return { valueText, changeText, barText, pointText }
}
