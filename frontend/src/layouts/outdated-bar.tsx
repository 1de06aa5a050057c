import { useTranslations } from 'use-intl'
import { useIsOutdated } from '@/api/release'
import { Button } from '@/ui/button'
import styles from './outdated-bar.module.css'

/** A new release is out: said quietly, because a reload in the middle of work would be worse than an old page. */
export function OutdatedBar() {
  const t = useTranslations('common.release')
  if (!useIsOutdated()) return null
  return (
    <div role="status" className={styles.bar}>
      {t('outdated')}
      <Button size="small" onClick={() => window.location.reload()}>
        {t('reload')}
      </Button>
    </div>
  )
}
