import { useInfiniteQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import { Link, useSearchParams } from 'react-router'
import { useTranslations } from 'use-intl'
import { isProblem } from '@/api/problem'
import { useProblemText } from '@/api/use-problem-text'
import { useCommands } from '@/features/shared/use-commands'
import { usePageTitle } from '@/lib/use-page-title'
import { paths } from '@/paths'
import { Button } from '@/ui/button'
import { EmptyState, ErrorState, LoadingState } from '@/ui/states'
import type { SearchHit } from './desk-api'
import { HighlightedText } from './highlighted-text'
import { PriorityMark, StatusMark } from './marks'
import { searchHits } from './queries'
import { SearchBox } from './search-box'
import css from './search-page.module.css'
import { Age } from './times'

/** What was found, the best first, with what matched marked. */
export default function SearchPage() {
  const t = useTranslations('tickets.search')
  const [params] = useSearchParams()
  const q = params.get('q')?.trim() ?? ''
  usePageTitle(q === '' ? t('title') : t('resultsFor', { q }))
  return (
    <div className={css.page}>
      <div className={css.box}>
        <SearchBox />
      </div>
      <h1 className={css.title}>{q === '' ? t('title') : t('resultsFor', { q })}</h1>
      {q === '' ? <EmptyState icon="search" title={t('start')} /> : <Results q={q} />}
    </div>
  )
}

function Results({ q }: { q: string }) {
  const t = useTranslations('tickets')
  const problemText = useProblemText()
  const found = useInfiniteQuery(searchHits(q))
  const list = useRef<HTMLOListElement>(null)
  const hits = found.data?.pages.flatMap((page) => page.items) ?? []

  const moveBy = (step: number) => {
    const links = [...(list.current?.querySelectorAll<HTMLElement>('a[data-hit]') ?? [])]
    const at = links.indexOf(document.activeElement as HTMLElement)
    links[Math.min(Math.max(at + step, 0), links.length - 1)]?.focus()
  }
  useCommands([
    { id: 'list.next', run: () => moveBy(1) },
    { id: 'list.previous', run: () => moveBy(-1) },
  ])

  if (found.isPending) {
    return <LoadingState rows={8} />
  }
  const refused = isProblem(found.error, 'validation-failed')
    ? found.error.fields.find(({ field }) => field === 'q')
    : undefined
  if (refused) {
    const code = `refused.${refused.code}` as 'refused.other'
    return (
      <EmptyState icon="search" title={t(`search.${t.has(`search.${code}`) ? code : 'refused.other'}`)} />
    )
  }
  if (found.isError && hits.length === 0) {
    return <ErrorState title={problemText(found.error)} onRetry={() => void found.refetch()} />
  }
  if (hits.length === 0) {
    return <EmptyState icon="search" title={t('search.empty')} />
  }
  return (
    <>
      <ol
        ref={list}
        className={css.hits}
        aria-label={t('search.resultsFor', { q })}
        aria-busy={found.isPlaceholderData || undefined}
      >
        {hits.map((hit) => (
          <Hit key={hit.number} hit={hit} />
        ))}
      </ol>
      {found.hasNextPage ? (
        <div className={css.more}>
          <Button busy={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
            {t('search.more')}
          </Button>
        </div>
      ) : null}
    </>
  )
}

function Hit({ hit }: { hit: SearchHit }) {
  const t = useTranslations('tickets')
  return (
    <li>
      <Link
        to={paths.ticket(hit.mergedInto ?? hit.number)}
        className={css.hit}
        data-hit
        data-done={hit.lane === 'DONE' || undefined}
      >
        <span className={css.first}>
          <PriorityMark priority={hit.priority} />
          <StatusMark status={hit.status} iconOnly />
          <span className={css.subject}>
            <HighlightedText snippet={hit.subject} />
          </span>
          <Age since={hit.updatedAt} className={css.age} />
        </span>
        {hit.message ? (
          <span className={css.snippet}>
            <span className={css.author}>
              {hit.message.internal ? `${t('search.note')}, ` : null}
              {hit.message.author.name}:
            </span>{' '}
            <HighlightedText snippet={hit.message.body} />
          </span>
        ) : null}
        <span className={css.facts}>
          #{hit.number} · {hit.mergedInto ? `${t('partOf', { number: hit.mergedInto })} · ` : null}
          {hit.requester.name} · {hit.team.name} · {hit.assignee?.name ?? t('unassigned')}
          {hit.tags.map((tag) => (
            <span key={tag} className={css.tag}>
              {tag}
            </span>
          ))}
        </span>
      </Link>
    </li>
  )
}
