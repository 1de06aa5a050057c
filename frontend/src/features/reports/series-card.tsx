import { useState } from 'react'
import { Link } from 'react-router'
import { useTranslations } from 'use-intl'
import { paths } from '@/paths'
import { Button } from '@/ui/button'
import { Table } from '@/ui/table'
import { BarChart } from './bar-chart'
import type { ReportPoint, ReportSeries } from './report-model'
import css from './reports-page.module.css'
import { useReportText } from './use-report-text'

export interface SeriesCardProps {
  series: ReportSeries['series'][number]
  by: string
}

/** One kind of number: what it was in all, bar by bar, and as a table for those who rather read. */
export function SeriesCard({ series, by }: SeriesCardProps) {
  const t = useTranslations('reports')
  const { valueText, changeText, barText } = useReportText()
  const [isTable, setTable] = useState(false)
  const { column, total, previousTotal, points } = series
  const name = t(`column.${column}`)
  const change = changeText(total, previousTotal)
  const hasPrevious = points.some(({ previous }) => previous !== undefined)
  return (
    <section className={css.card} aria-label={name}>
      <header className={css.cardHead}>
        <h2>{name}</h2>
        <p className={css.total}>
          <strong>{valueText(column, total)}</strong>{' '}
          {previousTotal === undefined ? null : (
            <span className={css.before}>
              {change === undefined ? null : `${change} · `}
              {t('before', { value: valueText(column, previousTotal) })}
            </span>
          )}
        </p>
        <Button kind="quiet" size="small" aria-pressed={isTable} onClick={() => setTable(!isTable)}>
          {t('asTable')}
        </Button>
      </header>
      {isTable ? (
        <div className={css.table}>
          <Table<ReportPoint>
            label={name}
            rows={points}
            rowKey={({ start }) => start}
            columns={[
              { key: 'bar', header: t('time'), cell: (point) => barText(point, by) },
              {
                key: 'value',
                header: name,
                align: 'end',
                cell: ({ value, filter }) =>
                  filter && value !== undefined ? (
                    <Link to={paths.ticketsWith(filter)}>{valueText(column, value)}</Link>
                  ) : (
                    valueText(column, value)
                  ),
              },
              ...(hasPrevious
                ? [
                    {
                      key: 'previous',
                      header: t('beforeHeader'),
                      align: 'end' as const,
                      cell: ({ previous }: ReportPoint) => valueText(column, previous),
                    },
                  ]
                : []),
            ]}
          />
        </div>
      ) : (
        <BarChart label={name} column={column} by={by} points={points} />
      )}
    </section>
  )
}
