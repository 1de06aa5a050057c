import type { APIRequestContext } from '@playwright/test'

/**
 * Where the desk's mail can be read: in the desk itself where it has a mail catcher built in (`mvn spring-boot:run`),
 * in maildev at MAILDEV_URL where it is composed.
 */
export async function newestMailTo(recipient: string, request: APIRequestContext): Promise<string> {
  return (await mailsTo(recipient, request))[0] ?? ''
}

/** All of them, the newest first. */
export async function mailsTo(recipient: string, request: APIRequestContext): Promise<string[]> {
  const maildev = process.env.MAILDEV_URL
  return maildev ? inMaildev(maildev, recipient, request) : inDesk(recipient, request)
}

async function inDesk(recipient: string, request: APIRequestContext): Promise<string[]> {
  const response = await request.get(`/dev/mail.json?to=${encodeURIComponent(recipient)}`)
  const mails: { text: string }[] = await response.json()
  return mails.map(({ text }) => text)
}

async function inMaildev(maildev: string, recipient: string, request: APIRequestContext): Promise<string[]> {
  const response = await request.get(`${maildev}/api/email`)
  const mails: { time: string; text: string; to: { address: string }[] }[] = await response.json()
  return mails
    .filter((mail) => mail.to.some((person) => person.address === recipient))
    .sort((one, other) => other.time.localeCompare(one.time))
    .map(({ text }) => text)
}
