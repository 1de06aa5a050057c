import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { listSessions, logOutEverywhere } from '@/api/generated/sdk.gen'
import { signOut } from '@/api/session'
import { useProblemText } from '@/api/use-problem-text'
import { browserName } from '@/lib/browser-name'
import { Badge } from '@/ui/badge'
import { Button } from '@/ui/button'
import { ConfirmDialog } from '@/ui/dialog'
import { Icon } from '@/ui/icons'
import { RelativeTime } from '@/ui/relative-time'
import { ListStates } from '@/ui/states'
import styles from './profile-page.module.css'

export function SessionList() {
  const t = useTranslations('profile.sessions')
  const problemText = useProblemText()
  const [isAsking, setAsking] = useState(false)
  const sessions = useQuery({
    queryKey: ['sessions'],
    queryFn: async ({ signal }) => (await listSessions({ signal, throwOnError: true })).data,
  })
  const ending = useMutation({
    mutationFn: () => logOutEverywhere({ throwOnError: true }),
    onSuccess: signOut,
  })
  return (
    <>
      <ListStates query={sessions} errorText={problemText} loadingRows={2}>
        {(data) => (
          <ul className={styles.sessions}>
            {data.map((session) => (
              <li key={session.id} className={styles.session}>
                <Icon name="monitor" />
                <span className={styles.sessionName}>
                  {browserName(session.userAgent) ?? t('unknown')}
                  <span className={styles.muted}>
                    {' · '}
                    {t('used')} <RelativeTime value={session.lastUsedAt} />
                  </span>
                </span>
                {session.current ? <Badge tone="accent">{t('current')}</Badge> : null}
              </li>
            ))}
          </ul>
        )}
      </ListStates>
      <div className={styles.actions}>
        <Button icon="sign-out" onClick={() => setAsking(true)}>
          {t('endAll')}
        </Button>
      </div>
      <ConfirmDialog
        title={t('endAll')}
        description={t('endAllText')}
        confirmLabel={t('endAll')}
        open={isAsking}
        busy={ending.isPending}
        error={ending.isError ? problemText(ending.error) : undefined}
        onConfirm={() => ending.mutate()}
        onClose={() => {
          setAsking(false)
          ending.reset()
        }}
      />
    </>
  )
}
