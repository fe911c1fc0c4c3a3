from split_settings.tools import include, optional

include(
    'components/base.py',
    'components/http.py',
    optional('environments/local.py'),
)
