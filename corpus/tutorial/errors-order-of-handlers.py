class Fault(Exception):
    pass

class DiskFault(Fault):
    pass

class FullDisk(DiskFault):
    pass

for kind in Fault, DiskFault, FullDisk:
    try:
        raise kind()
    except FullDisk:
        print("disk is full")
    except DiskFault:
        print("disk fault")
    except Fault:
        print("fault")
