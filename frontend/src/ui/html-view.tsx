import styles from './html-view.module.css'

/** A message as the server rendered and sanitised it from Markdown; never anything else. */
export function HtmlView({ html }: { html: string }) {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: the server sanitises messages by an allow-list.
  return <div className={styles.html} dangerouslySetInnerHTML={{ __html: html }} />
}
