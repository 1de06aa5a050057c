import { useTranslations } from 'use-intl'
import type { DemoLogin } from '@/api/generated/types.gen'
import { Avatar } from '@/ui/avatar'
import styles from './demo-logins.module.css'

interface DemoLoginsProps {
  logins: readonly DemoLogin[]
  mailCatcherUrl: string | undefined
  onPick: (login: DemoLogin) => void
}

/** Only the demo has these: one click signs in as one of its people. */
export function DemoLogins({ logins, mailCatcherUrl, onPick }: DemoLoginsProps) {
  const t = useTranslations('sign-in.signIn')
  const roles = useTranslations('common.roles')
  return (
    <section className={styles.demo}>
      <h2 className={styles.title}>{t('demoTitle')}</h2>
      <ul className={styles.logins}>
        {logins.map((login) => (
          <li key={login.email}>
            <button type="button" className={styles.login} onClick={() => onPick(login)}>
              <Avatar name={login.name} />
              <span className={styles.who}>
                <span>{login.name}</span>
                <span className={styles.role}>{roles(login.role)}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
      {mailCatcherUrl ? <a href={mailCatcherUrl}>{t('mailCatcher')}</a> : null}
    </section>
  )
}
