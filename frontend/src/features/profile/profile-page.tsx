import { Link } from 'react-router'
import { useTranslations } from 'use-intl'
import { useCurrentUser } from '@/api/session'
import { usePageTitle } from '@/lib/use-page-title'
import { paths } from '@/paths'
import { buttonClass } from '@/ui/button'
import { ThemeToggle } from '@/ui/theme-toggle'
import { PasswordForm } from './password-form'
import { PersonalForm } from './personal-form'
import styles from './profile-page.module.css'
import { SessionList } from './session-list'
import { SignatureForm } from './signature-form'
import { WritingForm } from './writing-form'

export default function ProfilePage() {
  const t = useTranslations('profile')
  const me = useCurrentUser()
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
      {me.writing ? (
        <section className={styles.section} aria-labelledby="profile-writing">
          <h2 id="profile-writing">{t('writing.title')}</h2>
          <WritingForm writing={me.writing} />
          <SignatureForm />
        </section>
      ) : null}
      {me.role === 'CUSTOMER' ? null : (
        <section className={styles.section} aria-labelledby="profile-keyboard">
          <h2 id="profile-keyboard">{t('keyboard.title')}</h2>
          <p className={styles.muted}>{t('keyboard.text')}</p>
          <div>
            <Link to={paths.keyboard} className={buttonClass()}>
              {t('keyboard.open')}
            </Link>
          </div>
        </section>
      )}
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
