import { useQuery } from '@tanstack/react-query'
import { Link, useSearchParams } from 'react-router'
import { useFormatter, useTranslations } from 'use-intl'
import { downloadFrom } from '@/api/download'
import { useProblemText } from '@/api/use-problem-text'
import { usePageTitle } from '@/lib/use-page-title'
import { paths } from '@/paths'
import { Button } from '@/ui/button'
import { Checkbox, SelectField, TextField } from '@/ui/field'
import { Notice } from '@/ui/notice'
import segments from '@/ui/segments.module.css'
import { EmptyState, ListStates } from '@/ui/states'
import { addToast } from '@/ui/toast'
import { reportAgents, reportOf, reportQuery, reportTeams } from './queries'
import type { ReportSeries, ReportTable } from './report-model'
import { isTable, REPORTS } from './report-model'
import type { ReportRequest } from './report-request'
import {
  PERIODS,
  parseRequest,
  requestParams,
  stepsFor,
  unreadable,
  withDays,
  withPeriod,
} from './report-request'
import css from './reports-page.module.css'
import { SeriesCard } from './series-card'
import { ShareTable } from './share-table'

const SUBJECTS = ['TEAM', 'AGENT', 'TAG'] as const

/** Numbers over time and by team, agent and tag; each leads to the tickets that it counts. */
export default function ReportsPage() {
  const t = useTranslations('reports')
  const problemText = useProblemText()
  const [params, setParams] = useSearchParams()
  const request = parseRequest(params, new Date())
  const report = useQuery(reportOf(request))
  const change = (next: ReportRequest) => setParams(requestParams(next), { preventScrollReset: true })
  usePageTitle(t(`report.${request.report}`))

  const download = async () => {
    const { url, query } = reportQuery(request)
    const said = Object.entries(query).filter(([, value]) => value !== undefined)
    const search = new URLSearchParams(said.map(([name, value]) => [name, String(value)]))
    try {
      await downloadFrom(`${url}.csv?${search}`, `${request.report}-${request.from}-${request.to}.csv`)
    } catch (error) {
      addToast({ text: problemText(error), tone: 'danger' })
    }
  }

  return (
    <div className={css.page}>
      <header className={css.head}>
        <h1>{t('title')}</h1>
        <Button size="small" icon="download" onClick={() => void download()}>
          {t('csv')}
        </Button>
      </header>
      <nav aria-label={t('title')} className={css.tabs}>
        <span className={segments.segments}>
          {REPORTS.map((name) => (
            <Link
              key={name}
              to={`${paths.reports}?${requestParams({ ...request, report: name })}`}
              className={segments.segment}
              aria-current={name === request.report ? 'page' : undefined}
            >
              {t(`report.${name}`)}
            </Link>
          ))}
        </span>
      </nav>
      <Choices request={request} onChange={change} />
      <UnreadableNotice names={unreadable(params)} onLeaveOut={() => change(request)} />
      <div aria-busy={report.isPlaceholderData || undefined} className={css.cards}>
        <ListStates query={report} errorText={problemText} loadingRows={10}>
          {(data) =>
            'series' in data ? (
              <Series data={data} />
            ) : (
              <Shares data={data} isTags={request.report === 'tags'} />
            )
          }
        </ListStates>
      </div>
    </div>
  )
}

/** A report of other days than its address asked for has to say so. */
function UnreadableNotice({ names, onLeaveOut }: { names: readonly string[]; onLeaveOut: () => void }) {
  const t = useTranslations('reports')
  return names.length === 0 ? null : (
    <Notice tone="warning">
      {t('unreadable', { names: names.join(', ') })}{' '}
      <Button size="small" onClick={onLeaveOut}>
        {t('leaveOut')}
      </Button>
    </Notice>
  )
}

function Series({ data }: { data: ReportSeries }) {
  return (
    <>
      <Compared data={data} hasLine />
      {data.series.map((series) => (
        <SeriesCard key={series.column} series={series} by={data.by} />
      ))}
    </>
  )
}

function Shares({ data, isTags }: { data: ReportTable; isTags: boolean }) {
  const t = useTranslations('reports')
  if (data.rows.length === 0) {
    return <EmptyState icon="chart" title={t(isTags ? 'noTags' : 'nothing')} />
  }
  return (
    <>
      <Compared data={data} />
      {SUBJECTS.map((subject) => {
        const rows = data.rows.filter((row) => row.subject === subject)
        return rows.length > 0 ? <ShareTable key={subject} rows={rows} subject={subject} /> : null
      })}
    </>
  )
}

interface ComparedProps {
  data: Pick<ReportSeries, 'previousFrom' | 'previousTo'>
  hasLine?: boolean
}

/** Which days the dashed line and the percentages are about. */
function Compared({ data, hasLine = false }: ComparedProps) {
  const t = useTranslations('reports')
  const format = useFormatter()
  if (!data.previousFrom || !data.previousTo) {
    return null
  }
  const noon = (day: string) => new Date(`${day}T12:00`)
  return (
    <p className={css.compared}>
      {t(hasLine ? 'comparedWithLine' : 'comparedWith', {
        period: format.dateTimeRange(noon(data.previousFrom), noon(data.previousTo), { dateStyle: 'medium' }),
      })}
    </p>
  )
}

interface ChoicesProps {
  request: ReportRequest
  onChange: (request: ReportRequest) => void
}

function Choices({ request, onChange }: ChoicesProps) {
  const t = useTranslations('reports')
  const teams = useQuery(reportTeams())
  const agents = useQuery(reportAgents())
  const named = (all: string, items: readonly { id: string; name: string }[] | undefined) => [
    { value: '', label: all },
    ...(items ?? []).map(({ id, name }) => ({ value: id, label: name })),
  ]
  return (
    <fieldset className={css.choices}>
      <legend className="visually-hidden">{t('choices')}</legend>
      <SelectField
        label={t('periodLabel')}
        value={request.period}
        options={PERIODS.map((value) => ({ value, label: t(`period.${value}`) }))}
        onChange={(period) => onChange(withPeriod(request, period, new Date()))}
      />
      {request.period === 'days' ? (
        <>
          <TextField
            label={t('from')}
            type="date"
            value={request.from}
            max={request.to}
            onChange={({ target }) => target.value && onChange(withDays(request, target.value, request.to))}
          />
          <TextField
            label={t('to')}
            type="date"
            value={request.to}
            min={request.from}
            onChange={({ target }) => target.value && onChange(withDays(request, request.from, target.value))}
          />
        </>
      ) : null}
      {isTable(request.report) ? null : (
        <SelectField
          label={t('by')}
          value={request.by}
          options={stepsFor(request.from, request.to).map((value) => ({ value, label: t(`step.${value}`) }))}
          onChange={(by) => onChange({ ...request, by })}
        />
      )}
      <SelectField
        label={t('team')}
        value={request.team ?? ''}
        options={named(t('allTeams'), teams.data)}
        onChange={(team) => onChange({ ...request, team: team || undefined })}
      />
      <SelectField
        label={t('agent')}
        value={request.agent ?? ''}
        options={named(t('allAgents'), agents.data)}
        onChange={(agent) => onChange({ ...request, agent: agent || undefined })}
      />
      <Checkbox
        label={t('compare')}
        checked={request.compare}
        onChange={() => onChange({ ...request, compare: !request.compare })}
      />
    </fieldset>
  )
}
