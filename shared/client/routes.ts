// Derived from the declarations by `npm run derive`; a test compares them.
export const routes = {
  listCampaigns: ['GET', '/v1/campaigns'],
  viewCampaign: ['GET', '/v1/campaigns/{campaignId}'],
  register: ['POST', '/v1/campaigns/{campaignId}/registrations'],
  viewRegistration: ['GET', '/v1/campaigns/{campaignId}/registrations/{registrationNumber}'],
  listMyRegistrations: ['GET', '/v1/registrations'],
  changePools: ['PUT', '/v1/campaigns/{campaignId}/registrations/{registrationNumber}'],
  withdraw: ['DELETE', '/v1/campaigns/{campaignId}/registrations/{registrationNumber}'],
  createCampaign: ['POST', '/v1/campaigns'],
  listAllCampaigns: ['GET', '/v1/operator/campaigns'],
  reviseCampaign: ['PUT', '/v1/operator/campaigns/{campaignId}'],
  publishCampaign: ['POST', '/v1/campaigns/{campaignId}/publication'],
  listForAgencies: ['GET', '/agency/v1/campaigns'],
  viewClosing: ['GET', '/agency/v1/campaigns/{campaignId}/closing'],
  health: ['GET', '/health'],
  openapi: ['GET', '/openapi.json'],
  docs: ['GET', '/docs'],
} as const
