import { useTranslations } from 'use-intl'
import { usePageTitle } from '@/lib/use-page-title'

export default function PeoplePage() {
  const t = useTranslations('common')
  usePageTitle(t('session.signOut'))
  return <h1>{t('session.signOut')}</h1>
}
