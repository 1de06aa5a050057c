import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useEffect, useEffectEvent, useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { getBulkEdit, listBulkEdits, stopBulkEdit } from '@/api/generated/sdk.gen'
import { useCommands } from '@/features/shared/use-commands'
import { Button } from '@/ui/button'
import css from './bulk-notices.module.css'
import { useRunningBulkEdits, useTicketDesk } from './ticket-desk'
import { onShowBulkEdits, useBulkResults } from './use-bulk-edit'
import { useBulkEditText } from './use-bulk-text'

const BulkEditsDialog = lazy(async () => ({
  default: (await import('./bulk-edits-dialog')).BulkEditsDialog,
}))

const LOOK_EVERY_MS = 500

/** How far the edits of many tickets are that this page waits for. */
export function BulkNotices() {
  const { runningBulkEdits } = useTicketDesk()
  const running = useRunningBulkEdits()
  const editText = useBulkEditText()
  const [shown, setShown] = useState<{ id?: string }>()

  // What was asked for before the page was loaded, or in another tab.
  const earlier = useQuery({
    queryKey: ['bulk-edits'],
    queryFn: async ({ signal }) => (await listBulkEdits({ signal, throwOnError: true })).data,
    retry: false,
    refetchOnWindowFocus: false,
  })
  const onEarlier = useEffectEvent(() => {
    for (const edit of earlier.data ?? []) {
      if (edit.finishedAt === undefined) {
        runningBulkEdits.add({ id: edit.id, text: editText(edit) })
      }
    }
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever the list was fetched
  useEffect(() => onEarlier(), [earlier.data])

  useEffect(() => onShowBulkEdits((id) => setShown({ id })), [])

  useCommands([{ id: 'list.bulkEdits', run: () => setShown({}) }])

  return (
    <>
      {running.length > 0 ? (
        <div className={css.region}>
          {running.map(({ id, text }) => (
            <Progress key={id} id={id} text={text} />
          ))}
        </div>
      ) : null}
      {shown ? (
        <Suspense>
          <BulkEditsDialog opened={shown.id} onClose={() => setShown(undefined)} />
        </Suspense>
      ) : null}
    </>
  )
}

function Progress({ id, text }: { id: string; text: string }) {
  const t = useTranslations('tickets.bulk')
  const format = useFormatter()
  const { finished } = useBulkResults()
  const [isStopping, setStopping] = useState(false)
  const { data: edit } = useQuery({
    queryKey: ['bulk-edit', id],
    queryFn: async ({ signal }) => (await getBulkEdit({ path: { id }, signal, throwOnError: true })).data,
    refetchInterval: LOOK_EVERY_MS,
    // Somebody who looks at another tab meanwhile is told as well.
    refetchIntervalInBackground: true,
  })
  const onEnd = useEffectEvent(() => {
    if (edit?.finishedAt !== undefined) {
      finished(edit, text)
    }
  })
  const isFinished = edit?.finishedAt !== undefined
  // biome-ignore lint/correctness/useExhaustiveDependencies: once it is finished
  useEffect(() => onEnd(), [isFinished])

  const stop = async () => {
    setStopping(true)
    await stopBulkEdit({ path: { id }, throwOnError: true }).catch(() => setStopping(false))
  }

  return (
    <section className={css.progress} aria-label={text}>
      <p className={css.text}>{text}</p>
      <Button size="small" busy={isStopping} onClick={() => void stop()}>
        {t('stop')}
      </Button>
      <progress className={css.bar} aria-label={text} max={edit?.total ?? 1} value={edit?.done ?? 0} />
      <p className={css.done}>
        {edit ? t('progress', { done: format.number(edit.done), total: format.number(edit.total) }) : null}
      </p>
    </section>
  )
}
