"""One OpenStack Swift with its S3 interface, in one process: a proxy and one of each server behind it, on one disk.

serve-swift.py KEY PORT ACCOUNT CONTAINER OBJECT

KEY: the secret of the user `test:station`.  PORT: the S3 interface's; the others are those of the servers behind it.

Runs inside the folder that build-swift.sh made; everything it keeps lies in /srv/kaodian. Says `ready` on its output.
"""

import os
import sys

import eventlet

eventlet.monkey_patch()

from eventlet import wsgi  # noqa: E402
from swift.common.ring import RingBuilder  # noqa: E402
from swift.common.wsgi import loadapp  # noqa: E402

KEY, PORT = sys.argv[1], int(sys.argv[2])
HOME = '/srv/kaodian'
KINDS = dict(zip(('account', 'container', 'object'), map(int, sys.argv[3:6])))

os.makedirs(f'{HOME}/devices/d1', exist_ok=True)
os.makedirs('/etc/swift', exist_ok=True)
with open('/etc/swift/swift.conf', 'w') as conf:
    conf.write('[swift-hash]\nswift_hash_path_prefix = kaodian\nswift_hash_path_suffix = kaodian\n')

for kind, port in KINDS.items():
    builder = RingBuilder(part_power=2, replicas=1, min_part_hours=0)
    builder.add_dev({'id': 0, 'region': 1, 'zone': 1, 'ip': '127.0.0.1', 'port': port, 'device': 'd1', 'weight': 1.0})
    builder.rebalance()
    builder.get_ring().save(f'{HOME}/{kind}.ring.gz')
    with open(f'{HOME}/{kind}.conf', 'w') as conf:
        conf.write(f'''[DEFAULT]
devices = {HOME}/devices
swift_dir = {HOME}
mount_check = false
bind_port = {port}
[pipeline:main]
pipeline = {kind}-server
[app:{kind}-server]
use = egg:swift#{kind}
''')

with open(f'{HOME}/proxy.conf', 'w') as conf:
    conf.write(f'''[DEFAULT]
swift_dir = {HOME}
bind_port = {PORT}
[pipeline:main]
pipeline = catch_errors gatekeeper listing_formats s3api tempauth bulk copy slo proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:gatekeeper]
use = egg:swift#gatekeeper
[filter:listing_formats]
use = egg:swift#listing_formats
[filter:s3api]
use = egg:swift#s3api
location = us-east-1
[filter:tempauth]
use = egg:swift#tempauth
user_test_station = {KEY} .admin
[filter:bulk]
use = egg:swift#bulk
[filter:copy]
use = egg:swift#copy
[filter:slo]
use = egg:swift#slo
''')


class NothingKept:
    """Stands where memcached would: Swift asks for one, and does without what it does not find in it."""

    def get(self, *_args, **_named):
        return None

    def set(self, *_args, **_named):
        pass

    incr = decr = delete = set


def with_cache(app):
    cache = NothingKept()
    return lambda env, start: app({**env, 'swift.cache': cache}, start)


quiet = open(os.devnull, 'w')
for name, port in [*KINDS.items(), ('proxy', PORT)]:
    app = with_cache(loadapp(f'{HOME}/{name}.conf', global_conf={'log_name': name}))
    eventlet.spawn(wsgi.server, eventlet.listen(('127.0.0.1', port)), app, log=quiet, log_output=False)

print('ready', flush=True)
while True:
    eventlet.sleep(3600)
