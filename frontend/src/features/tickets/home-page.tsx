import { useTranslations } from 'use-intl'
import { usePageTitle } from '@/lib/use-page-title'

export default function HomePage() {
  const t = useTranslations('workspace')
  usePageTitle(t('home.title'))
  return <h1>{t('home.title')}</h1>
}
