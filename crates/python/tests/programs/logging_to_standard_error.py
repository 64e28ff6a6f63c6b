import logging
logger = logging.getLogger(__name__)
logger.warning("last resort"); logger.info("x")
print(logger, logger.handlers)
handler = logging.StreamHandler()
handler.setFormatter(logging.Formatter('%(asctime)s - %(name)s - %(levelname)s - %(message)s', datefmt="%H:%M"))
logger.addHandler(handler); logger.setLevel(logging.DEBUG)
class X:
    def __str__(self):
        print("str X")
        return "X"
logger.debug("obj %s", X())
logger.error(X())
try:
    import json; json.loads("{")
except Exception: logger.exception("bad json")
print(handler)
