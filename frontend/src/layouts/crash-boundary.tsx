import { Component, type ErrorInfo, type ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { usePageTitle } from '@/lib/use-page-title'
import { ErrorState } from '@/ui/states'

interface Props {
  children: ReactNode
  /** A new value, such as the path, gives the page another chance. */
  resetKey: string
}

/** Catches what a page throws while it renders, so that the shell around it stays usable. */
export class CrashBoundary extends Component<Props, { hasCrashed: boolean }> {
  override state = { hasCrashed: false }

  static getDerivedStateFromError() {
    return { hasCrashed: true }
  }

  override componentDidCatch(error: Error, info: ErrorInfo) {
    // biome-ignore lint/suspicious/noConsole: the only place where a crash can be read.
    console.error(error, info.componentStack)
  }

  override componentDidUpdate(before: Props) {
    if (this.state.hasCrashed && before.resetKey !== this.props.resetKey) this.setState({ hasCrashed: false })
  }

  override render() {
    return this.state.hasCrashed ? <Crashed /> : this.props.children
  }
}

function Crashed() {
  const t = useTranslations('common.pages')
  usePageTitle(t('crashTitle'))
  return (
    <ErrorState title={t('crashTitle')} onRetry={() => window.location.reload()}>
      {t('crashText')}
    </ErrorState>
  )
}
