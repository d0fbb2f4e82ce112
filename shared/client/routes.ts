// Derived from the declarations by `npm run derive`; a test compares them.
export const routes = {
  listCampaigns: ['GET', '/v1/campaigns', 'anyone'],
  viewCampaign: ['GET', '/v1/campaigns/{campaignId}', 'anyone'],
  createCampaign: ['POST', '/v1/campaigns', 'known'],
  listAllCampaigns: ['GET', '/v1/operator/campaigns', 'known'],
  reviseCampaign: ['PUT', '/v1/operator/campaigns/{campaignId}', 'known'],
  publishCampaign: ['POST', '/v1/campaigns/{campaignId}/publication', 'known'],
  listForAgencies: ['GET', '/agency/v1/campaigns', 'known'],
  register: ['POST', '/v1/campaigns/{campaignId}/registrations', 'known'],
  viewRegistration: ['GET', '/v1/campaigns/{campaignId}/registrations/{registrationNumber}', 'known'],
  listMyRegistrations: ['GET', '/v1/registrations', 'known'],
  changePools: ['PUT', '/v1/campaigns/{campaignId}/registrations/{registrationNumber}', 'known'],
  withdraw: ['DELETE', '/v1/campaigns/{campaignId}/registrations/{registrationNumber}', 'known'],
  viewClosing: ['GET', '/agency/v1/campaigns/{campaignId}/closing', 'known'],
  health: ['GET', '/health', 'anyone'],
  openapi: ['GET', '/openapi.json', 'anyone'],
  docs: ['GET', '/docs', 'anyone'],
} as const
