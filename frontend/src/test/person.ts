import type { MeResponse, SessionResponse } from '@/api/generated/types.gen'

export function aPerson(part?: Partial<MeResponse>): MeResponse {
  return {
    id: '0198c0de-0000-7000-8000-000000000001',
    name: 'Carla Customer',
    email: 'carla@customer.example',
    role: 'CUSTOMER',
    locale: 'en',
    teams: [],
    version: 1,
    ...part,
  }
}

export function aSession(part?: Partial<SessionResponse>): SessionResponse {
  return { accessToken: 'first-token', expiresInSeconds: 600, person: aPerson(), ...part }
}
