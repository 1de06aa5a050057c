import { useTranslations } from 'use-intl'
import { usePageTitle } from '@/lib/use-page-title'

export default function ResetPasswordPage() {
  const t = useTranslations('common')
  usePageTitle(t('session.continue'))
  return <h1>{t('session.continue')}</h1>
}
