import { useTranslations } from 'use-intl'
import { usePageTitle } from '@/lib/use-page-title'

export default function AskPage() {
  const t = useTranslations('portal')
  usePageTitle(t('list.title'))
  return <h1>{t('list.title')}</h1>
}
