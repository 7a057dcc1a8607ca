import '@mantine/core/styles.css'
import '@mantine/charts/styles.css'
import '@mantine/notifications/styles.css'
import '@fontsource-variable/noto-sans-jp/wght.css'
import './ui/style.css'
import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { createQueries } from './api/queries.ts'
import { App } from './app/app.tsx'
import { ErrorGuard } from './app/error-guard.tsx'
import { townTheme } from './ui/theme.ts'

const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <StrictMode>
      <MantineProvider theme={townTheme} forceColorScheme="light">
        <Notifications position="top-right" autoClose={8_000} />
        <ErrorGuard>
          <QueryClientProvider client={createQueries()}>
            <App />
          </QueryClientProvider>
        </ErrorGuard>
      </MantineProvider>
    </StrictMode>,
  )
}
