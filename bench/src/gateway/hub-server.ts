import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { type ServiceName, serviceNames } from '@casebridge/contracts';
import { budgetPolicies, createGateway, HttpService } from '@casebridge/gateway';
import { systemClock } from '@casebridge/kernel';
import {
  createInternalTokenSigner, createLogger, createMetrics, createTokenVerifier, developmentJwks, directoryOf, gatewayKeyName, loadOrCreateSigningKey,
  type Logger, type ServicePort,
} from '@casebridge/platform';
import { optional, required } from '../config';
import { JitService } from './jit-service';
import { profileOnSignal } from './profiler';
import { endWith, sayReady, start } from './serve';
import { readerAgency, serviceUrlKey, worldHere } from './settings';
import { subgraphSchema } from './subgraphs';

/** Our gateway with all that it does for an agency: tokens verified, readers admitted, their identity signed for the services, limits, metrics. */
start(async () => {
  const dataDir = required('HUB_DATA_DIR');
  const logger = createLogger({ name: 'gateway', level: 'warn', clock: systemClock });
  const directory = directoryOf([{ ...readerAgency, functions: [...readerAgency.functions] }]);
  const jwks = await developmentJwks(dataDir, 'development');
  const tokens = createTokenVerifier({ directory, clock: systemClock, devJwks: () => jwks });
  const services = required('BENCH_FORM') === 'in-process' ? inThisProcess() : await overHttp(dataDir, logger);
  const gateway = await createGateway({
    supergraphSdl: readFileSync(required('BENCH_SUPERGRAPH'), 'utf8'), publicSupergraphSdl: readFileSync(required('BENCH_PUBLIC_SUPERGRAPH'), 'utf8'),
    services, tokens, directory, clock: systemClock, logger, metrics: createMetrics(), port: 0, validateSupergraph: false,
    // Charged like any other, and never empty: the bench measures the machine and not the share of one agency.
    budgetPolicies: { agency: { perSecond: 1e9, burst: 1e9, shared: true }, public: budgetPolicies.public, publicNetwork: budgetPolicies.publicNetwork },
  });
  endWith(async () => {
    await gateway.stop();
    tokens.close();
  });
  profileOnSignal(optional('BENCH_PROFILE'));
  sayReady(gateway.url);
});

function inThisProcess(): ServicePort[] {
  const world = worldHere();
  return serviceNames.map((name: ServiceName) => new JitService(name, subgraphSchema(name, world)));
}

async function overHttp(dataDir: string, logger: Logger): Promise<ServicePort[]> {
  const signer = await createInternalTokenSigner({ key: await loadOrCreateSigningKey(dataDir, gatewayKeyName), clock: systemClock });
  return serviceNames.map((name: ServiceName) => new HttpService({ name, url: required(serviceUrlKey(name)), signer, logger }));
}
