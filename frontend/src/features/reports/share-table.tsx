import { Link } from 'react-router'
import { useTranslations } from 'use-intl'
import { paths } from '@/paths'
import { Table } from '@/ui/table'
import type { ReportCell, ReportTable } from './report-model'
import css from './reports-page.module.css'
import { useReportText } from './use-report-text'

type Row = ReportTable['rows'][number]

/** Teams, agents or tags, the largest first; the first number is drawn as a bar behind it. */
export function ShareTable({ rows, subject }: { rows: readonly Row[]; subject: Row['subject'] }) {
  const t = useTranslations('reports')
  const { valueText, changeText } = useReportText()
  const columns = rows[0]?.cells.map(({ column }) => column) ?? []
  const largest = Math.max(1, ...rows.map((row) => row.cells[0]?.value ?? 0))
  const cellOf = (row: Row, index: number): ReportCell | undefined => row.cells[index]
  return (
    <section className={css.card} aria-label={t(`subject.${subject}`)}>
      <Table<Row>
        label={t(`subject.${subject}`)}
        rows={rows}
        rowKey={({ id, name }) => id ?? name}
        columns={[
          { key: 'name', header: t(`subject.${subject}`), cell: ({ name }) => name },
          ...columns.map((column, index) => ({
            key: column,
            header: t(`column.${column}`),
            align: 'end' as const,
            cell: (row: Row) => {
              const cell = cellOf(row, index)
              const text = valueText(column, cell?.value)
              const change = changeText(cell?.value, cell?.previous)
              return (
                <span className={css.cell}>
                  {columns.length > 1 ? (
                    <span className={css.column} aria-hidden="true">
                      {t(`column.${column}`)}
                    </span>
                  ) : null}
                  {index === 0 ? (
                    <span className={css.track} aria-hidden="true">
                      <span style={{ width: `${((cell?.value ?? 0) / largest) * 100}%` }} />
                    </span>
                  ) : null}
                  {change ? <span className={css.before}>{change}</span> : null}
                  {cell?.filter ? <Link to={paths.ticketsWith(cell.filter)}>{text}</Link> : text}
                </span>
              )
            },
          })),
        ]}
      />
    </section>
  )
}
