import type { ReactNode } from 'react'

/** Our own few icons, drawn on a 20-pixel grid with one stroke width; always beside or inside something labelled. */
const DRAWINGS = {
  'arrow-left': <path d="M16 10H4m0 0 5-5m-5 5 5 5" />,
  bold: <path d="M6 4h5a3 3 0 0 1 0 6H6zm0 6h6a3 3 0 0 1 0 6H6z" />,
  building: <path d="M4 17V4h8v13m0-9h4v9M3 17h14M7 7h2M7 10h2M7 13h2" />,
  calendar: <path d="M3.5 5h13v12h-13zM3.5 8.5h13M7 3v4m6-4v4" />,
  check: <path d="m4 10.5 4 4 8-9" />,
  'chevron-down': <path d="m5 8 5 5 5-5" />,
  'chevron-left': <path d="m12 5-5 5 5 5" />,
  'chevron-right': <path d="m8 5 5 5-5 5" />,
  'chevron-up': <path d="m5 12 5-5 5 5" />,
  chart: <path d="M3 17h14M5 14V9m5 5V4m5 10v-3" />,
  clock: <path d="M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14Zm0 3v4l3 2" />,
  close: <path d="m5 5 10 10M15 5 5 15" />,
  command: <path d="m4 6 4 4-4 4m6 1h6" />,
  copy: <path d="M7 7V4h9v9h-3M4 7h9v9H4z" />,
  download: <path d="M10 3v9m0 0 4-4m-4 4L6 8M4 16h12" />,
  eye: (
    <path d="M2.5 10c1.6-3.3 4.1-5 7.5-5s5.9 1.7 7.5 5c-1.6 3.3-4.1 5-7.5 5s-5.9-1.7-7.5-5ZM10 7.8a2.2 2.2 0 1 0 0 4.4 2.2 2.2 0 0 0 0-4.4Z" />
  ),
  'eye-off': (
    <path d="M4 3.5 16.5 16M8 5.3c.6-.2 1.3-.3 2-.3 3.4 0 5.9 1.7 7.5 5-.6 1.2-1.3 2.2-2.2 3M5.2 6.3C4.1 7.2 3.2 8.4 2.5 10c1.6 3.3 4.1 5 7.5 5 1 0 1.9-.1 2.7-.4M8.4 8.5a2.2 2.2 0 0 0 3.1 3.1" />
  ),
  file: <path d="M5 3h6l4 4v10H5zM11 3v4h4" />,
  filter: <path d="M3 5h14M6 10h8M8.5 15h3" />,
  flag: <path d="M5 17V4m0 0h9l-2 3.5 2 3.5H5" />,
  help: (
    <path d="M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14ZM8 8c0-1.3.9-2 2-2s2 .8 2 1.9c0 1.5-2 1.6-2 3.1m0 2.5v.1" />
  ),
  home: <path d="m3 9.5 7-6 7 6M5 8v9h10V8M8.5 17v-5h3v5" />,
  inbox: <path d="M3 11 5.5 4h9L17 11v5H3zm0 0h4l1.5 2.5h3L13 11h4" />,
  keyboard: <path d="M2.5 5.5h15v9h-15zM5.5 8.5h.1m2.9 0h.1m2.9 0h.1m2.9 0h.1M6.5 11.5h7" />,
  laptop: <path d="M4.5 4.5h11v8h-11zM2.5 15.5h15" />,
  lock: <path d="M5 9h10v8H5zm2 0V6.5a3 3 0 0 1 6 0V9" />,
  mail: <path d="M3 5h14v10H3zm0 .5 7 5.5 7-5.5" />,
  menu: <path d="M3 5h14M3 10h14M3 15h14" />,
  monitor: <path d="M3 4h14v9H3zM7 16.5h6M10 13v3.5" />,
  moon: <path d="M16 11.5A6.5 6.5 0 1 1 8.5 4a5 5 0 0 0 7.5 7.5Z" />,
  more: <path d="M4.5 10h.1m5.4 0h.1m5.4 0h.1" strokeWidth="2.5" />,
  note: <path d="M4 4h12v8l-4 4H4zm8 12v-4h4M7 8h6M7 11h3" />,
  paperclip: (
    <path d="m15.5 9.5-5.6 5.6a3.5 3.5 0 0 1-5-5L11 4.2a2.3 2.3 0 0 1 3.3 3.3l-5.8 5.8a1.1 1.1 0 0 1-1.6-1.6l5.2-5.2" />
  ),
  pencil: <path d="m4 16 .7-3.3L13.5 4 16 6.5l-8.7 8.8zM11.5 6 14 8.5" />,
  person: <path d="M10 3.5a3 3 0 1 0 0 6 3 3 0 0 0 0-6ZM4 17c.3-3.3 2.5-5 6-5s5.7 1.7 6 5" />,
  people: (
    <path d="M7.5 4a2.7 2.7 0 1 0 0 5.4 2.7 2.7 0 0 0 0-5.4ZM2.5 16c.2-2.9 2-4.4 5-4.4s4.8 1.5 5 4.4M13 4.3a2.7 2.7 0 0 1 0 4.9M14.5 11.9c1.9.5 2.9 1.9 3 4.1" />
  ),
  play: <path d="M6 4.5v11l9-5.5z" />,
  plus: <path d="M10 4v12M4 10h12" />,
  refresh: <path d="M16 5v4h-4M15.5 9A6 6 0 1 0 16 11.5" />,
  reply: <path d="M8 5 3.5 9.5 8 14M4 9.5h7a5 5 0 0 1 5 5v1" />,
  search: <path d="M9 3.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11Zm4 9.5 4 4" />,
  send: <path d="m3 10 14-6-4.5 13-3-5.5zm6.5 1.5L17 4" />,
  settings: <path d="M3 6h7m4 0h3M3 14h3m4 0h7M12 4v4M8 12v4" />,
  'sign-out': <path d="M8 4H4v12h4m0-6h9m0 0-3.5-3.5M17 10l-3.5 3.5" />,
  star: <path d="m10 3 2.1 4.6 4.9.5-3.7 3.3 1.1 4.9L10 13.8l-4.4 2.5 1.1-4.9L3 8.1l4.9-.5z" />,
  sun: (
    <path d="M10 6.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7ZM10 2v1.5m0 13V18M2 10h1.5m13 0H18M4.3 4.3l1.1 1.1m9.2 9.2 1.1 1.1m0-11.4-1.1 1.1m-9.2 9.2-1.1 1.1" />
  ),
  tag: <path d="M3 3h7l7 7-7 7-7-7zm3.5 3.5h.1" />,
  ticket: <path d="M3 6h14v2.5a1.5 1.5 0 0 0 0 3V14H3v-2.5a1.5 1.5 0 0 0 0-3zM12 6v8" />,
  trash: <path d="M4 6h12M8 6V4h4v2M6 6l.5 11h7L14 6M8.5 9v5m3-5v5" />,
  warning: <path d="M10 3.5 2.5 16.5h15zm0 5v4m0 2v.1" />,
} satisfies Record<string, ReactNode>

export type IconName = keyof typeof DRAWINGS

export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
      style={{ flex: 'none' }}
    >
      {DRAWINGS[name]}
    </svg>
  )
}
