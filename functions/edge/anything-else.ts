import { city } from '../../shared/city.ts'
import { publicDoor } from '../../shared/cloud/doors.ts'
import { guide } from '../../shared/edge/guide.ts'

const endpoints = city.endpoints.map(({ declared }) => declared)

export const handler = guide(city.fallback, endpoints, publicDoor)
