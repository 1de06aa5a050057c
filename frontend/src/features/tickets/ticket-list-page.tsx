import { useTranslations } from 'use-intl'
import { usePageTitle } from '@/lib/use-page-title'

export default function TicketListPage() {
  const t = useTranslations('workspace')
  usePageTitle(t('ticketList.title'))
  return <h1>{t('ticketList.title')}</h1>
}
