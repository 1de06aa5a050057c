import { useTranslations } from 'use-intl'
import { usePageTitle } from '@/lib/use-page-title'
import { ThemeToggle } from '@/ui/theme-toggle'
import { PasswordForm } from './password-form'
import { PersonalForm } from './personal-form'
import styles from './profile-page.module.css'
import { SessionList } from './session-list'

export default function ProfilePage() {
  const t = useTranslations('profile')
  usePageTitle(t('title'))
  return (
    <div className={styles.page}>
      <h1>{t('title')}</h1>
      <section className={styles.section} aria-labelledby="profile-you">
        <h2 id="profile-you">{t('you.title')}</h2>
        <PersonalForm />
      </section>
      <section className={styles.section} aria-labelledby="profile-appearance">
        <h2 id="profile-appearance">{t('appearance.title')}</h2>
        <div>
          <ThemeToggle />
        </div>
      </section>
      <section className={styles.section} aria-labelledby="profile-password">
        <h2 id="profile-password">{t('password.title')}</h2>
        <PasswordForm />
      </section>
      <section className={styles.section} aria-labelledby="profile-sessions">
        <h2 id="profile-sessions">{t('sessions.title')}</h2>
        <SessionList />
      </section>
    </div>
  )
}
