import { useTranslations } from 'use-intl'
import { useIsCutOff } from '@/api/live'
import { Icon } from '@/ui/icons'
import styles from './live-sign.module.css'

/** Says that changes do not arrive by themselves just now; nobody has to do anything about it. */
export function LiveSign() {
  const t = useTranslations('workspace.live')
  return (
    <p role="status" className={styles.sign}>
      {useIsCutOff() ? (
        <span className={styles.words} title={t('hint')}>
          <Icon name="refresh" size={16} />
          {t('reconnecting')}
          <span className="visually-hidden"> {t('hint')}</span>
        </span>
      ) : null}
    </p>
  )
}
