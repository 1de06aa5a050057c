import { useTranslations } from 'use-intl'
import { usePageTitle } from '@/lib/use-page-title'

export default function OrganisationsPage() {
  const t = useTranslations('common')
  usePageTitle(t('session.signOut'))
  return <h1>{t('session.signOut')}</h1>
}
