import time
from tests.browser.conftest import begin, sign_in
import pytest
@pytest.mark.parametrize("js", [True, False])
def test_spike(window, made, js):
    w = window(java_script_enabled=js)
    t=time.time()
    w.open("/", "Taxi driver safeguarding test"); print("open", time.time()-t)
    t=time.time(); w.keeps_its_promises(); print("prom", time.time()-t)
    t=time.time(); begin(w.page, made); print("begin", time.time()-t)
    t=time.time(); w.keeps_its_promises(False); print("prom no axe", time.time()-t)
    t=time.time(); w.keeps_its_promises(); print("prom", time.time()-t)
