import type { KeyboardEvent, MouseEvent } from 'react'
import { useRef, useState } from 'react'
import { useNavigate } from 'react-router'
import { useFormatter, useTranslations } from 'use-intl'
import { paths } from '@/paths'
import css from './bar-chart.module.css'
import type { ReportColumn, ReportPoint } from './report-model'
import { axisTicks, isDuration } from './report-model'
import { useReportText } from './use-report-text'

export interface BarChartProps {
  label: string
  column: ReportColumn
  by: string
  points: readonly ReportPoint[]
}

/** The drawing is as wide as there are bars and this high, and stretched to its place: nothing has to be measured. */
const HEIGHT = 100
const BAR_SHARE = 0.78
const MARKS_MAX = 6

/**
 * Bars over time, and the period before as a line of steps. One stop for the Tab key: arrows move from bar to bar,
 * each says its number, and Enter opens the tickets behind it.
 */
export function BarChart({ label, column, by, points }: BarChartProps) {
  const t = useTranslations('reports')
  const format = useFormatter()
  const navigate = useNavigate()
  const { valueText, pointText } = useReportText()
  const chart = useRef<SVGSVGElement>(null)
  const [current, setCurrent] = useState(points.length - 1)
  const [shown, setShown] = useState<number>()
  const focusable = Math.min(current, points.length - 1)

  const largest = Math.max(0, ...points.flatMap(({ value, previous }) => [value ?? 0, previous ?? 0]))
  const ticks = axisTicks(largest, isDuration(column) ? 'seconds' : 'count')
  const top = ticks.at(-1) ?? 1
  const heightOf = (value: number) => (value / top) * HEIGHT
  const shownPoint = shown === undefined ? undefined : points[shown]

  const onKeyDown = (event: KeyboardEvent) => {
    const moves: Record<string, number> = {
      ArrowLeft: focusable - 1,
      ArrowRight: focusable + 1,
      Home: 0,
      End: points.length - 1,
    }
    const to = moves[event.key]
    if (to !== undefined && !event.altKey && !event.ctrlKey && !event.metaKey) {
      event.preventDefault()
      chart.current?.querySelector<SVGElement>(`[data-bar="${clamped(to, points.length)}"]`)?.focus()
    }
  }

  const open = (event: MouseEvent, point: ReportPoint) => {
    // A new tab is the browser's own business.
    if (point.filter && !event.metaKey && !event.ctrlKey && !event.shiftKey && event.button === 0) {
      event.preventDefault()
      void navigate(paths.ticketsWith(point.filter))
    }
  }

  return (
    <div className={css.chart}>
      <p className={css.readout} aria-hidden="true">
        {shownPoint ? pointText(column, shownPoint, by) : t('hint')}
      </p>
      <div className={css.plot}>
        <div className={css.ticks} aria-hidden="true">
          {ticks.map((tick) => (
            <span key={tick} style={{ bottom: `${(tick / top) * 100}%` }}>
              {valueText(column, tick)}
            </span>
          ))}
        </div>
        {/* biome-ignore lint/a11y/useSemanticElements: a drawing is no fieldset */}
        <svg
          ref={chart}
          className={css.drawing}
          viewBox={`0 0 ${points.length} ${HEIGHT}`}
          preserveAspectRatio="none"
          role="group"
          aria-label={t('chart', { name: label })}
          onKeyDown={onKeyDown}
          onMouseLeave={() => setShown(undefined)}
        >
          {ticks.map((tick) => (
            <line
              key={tick}
              className={css.grid}
              x1="0"
              x2={points.length}
              y1={HEIGHT - heightOf(tick)}
              y2={HEIGHT - heightOf(tick)}
            />
          ))}
          {points.map((point, index) => (
            <a
              key={point.start}
              data-bar={index}
              className={css.bar}
              data-shown={index === shown || undefined}
              href={point.filter ? paths.ticketsWith(point.filter) : undefined}
              role={point.filter ? undefined : 'img'}
              tabIndex={index === focusable ? 0 : -1}
              aria-label={pointText(column, point, by)}
              onFocus={() => {
                setCurrent(index)
                setShown(index)
              }}
              onBlur={() => setShown(undefined)}
              onMouseMove={() => setShown(index)}
              onClick={(event) => open(event, point)}
            >
              <rect className={css.reach} x={index} y="0" width="1" height={HEIGHT} />
              <rect
                className={css.value}
                x={index + (1 - BAR_SHARE) / 2}
                y={HEIGHT - heightOf(point.value ?? 0)}
                width={BAR_SHARE}
                height={heightOf(point.value ?? 0)}
              />
            </a>
          ))}
          <path className={css.previous} d={previousPath(points, heightOf)} />
        </svg>
      </div>
      <div className={css.days} aria-hidden="true">
        {marksOf(points).map(({ index, start }) => (
          <span key={start} style={{ insetInlineStart: `${((index + 0.5) / points.length) * 100}%` }}>
            {by.toLowerCase() === 'hour'
              ? format.dateTime(new Date(start), { day: 'numeric', month: 'short', hour: 'numeric' })
              : by.toLowerCase() === 'month'
                ? format.dateTime(new Date(start), { month: 'short', year: '2-digit' })
                : format.dateTime(new Date(start), { day: 'numeric', month: 'short' })}
          </span>
        ))}
      </div>
    </div>
  )
}

const clamped = (index: number, length: number) => Math.min(Math.max(index, 0), length - 1)

/** A few bars, evenly apart, that get their day below them. */
function marksOf(points: readonly ReportPoint[]): { index: number; start: string }[] {
  const every = Math.max(1, Math.ceil(points.length / MARKS_MAX))
  return points.flatMap(({ start }, index) => (index % every === 0 ? [{ index, start }] : []))
}

function previousPath(points: readonly ReportPoint[], heightOf: (value: number) => number): string {
  let isDrawing = false
  return points
    .map(({ previous }, index) => {
      if (previous === undefined) {
        isDrawing = false
        return ''
      }
      const y = HEIGHT - heightOf(previous)
      const step = `${isDrawing ? 'L' : 'M'}${index} ${y}H${index + 1}`
      isDrawing = true
      return step
    })
    .join('')
}
